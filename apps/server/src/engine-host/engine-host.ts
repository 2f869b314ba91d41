import type { NodeChanges } from '@fieldline/directory';
import type { Log, Problem } from '@fieldline/kernel';
import { isProblem, ProblemError, problemOf } from '@fieldline/kernel';
import type { EntityId, TenantId } from '@fieldline/model';
import type {
  BatchReceipt,
  ControlEvent,
  DataCommands,
  DataStore,
  DeadLetterCommands,
  Durability,
  LearnedTypesReader,
  LedgerReader,
  LiveAlarms,
  LiveUpdate,
  RecorderState,
  RuleMessages,
} from '@fieldline/ports';
import { historyErrors } from '@fieldline/ports';
import type { PackingState } from '@fieldline/storage-sqlite';
import type { SessionDescriptor } from '@fieldline/telemetry';
import type { Worker } from 'node:worker_threads';
import { brokerListenerErrors, engineErrors } from '../errors.js';
import type { PluginStatuses } from '../plugin-host/plugin-host.js';
import type { PackedLatest } from '../query-host/packed-latest.js';
import type { CallTarget, EngineCall, FromEngine, NodePublication, RuleReply, ToEngine } from './link.js';
import { nodeChangeMethods } from './link.js';
import { pieceReads } from './piece-reads.js';

/** The reads of the engine's store that the main thread may ask for. */
export const engineReads = [
  'keys',
  'latest',
  'range',
  'aggregate',
  'attributes',
  'keysOfMany',
  'attributeKeysOfMany',
  'latestOfMany',
  'alarm',
  'tenantOfAlarm',
  'activeAlarm',
  'alarms',
  'alarmTypes',
  'highestSeverity',
  'deadLetters',
  'deadLetterCounts',
  'traces',
  'traceParts',
  'traceUsage',
] as const satisfies readonly (keyof DataStore)[];
export type EngineReads = Pick<DataStore, (typeof engineReads)[number] | 'columns'>;

/** The commands on the engine's data that the main thread may give. */
export const engineCommands = [
  'saveAlarm',
  'acknowledgeAlarm',
  'clearAlarm',
  'assignAlarm',
  'shelveAlarm',
  'removeAlarm',
  'unassignAlarmsOf',
  'saveAttributes',
  'removeAttributes',
  'saveTelemetry',
  'removeTelemetry',
  'copyAttributes',
  'removeEntities',
  'removeTenant',
] as const satisfies readonly (keyof DataCommands)[];

interface Waiting {
  resolve(value: never): void;
  reject(error: unknown): void;
}

const noProblems: ReadonlyMap<number, Problem> = new Map();

/** The main thread's end of the engine thread: hands over uplinks, asks for stored data, passes events on. */
export class EngineHost {
  readonly #worker: Worker;
  readonly #log: Log;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;
  #isRunning = true;
  #queueDurability: Durability | undefined;
  #packing: PackingState = { failures: 0, isSlowed: false };
  #onLive: (update: LiveUpdate) => void = () => undefined;
  #onLiveAlarms: (changes: LiveAlarms) => void = () => undefined;
  #onStopped: () => void = () => undefined;
  #onLost: (reason: string) => void = () => undefined;
  #onReply: (reply: RuleReply) => void = () => undefined;
  #onPublish: (publication: NodePublication) => Promise<void> = () => Promise.reject(brokerListenerErrors.OFF());
  #changes: NodeChanges | undefined;
  readonly #ready: Promise<void>;

  constructor(worker: Worker, log: Log) {
    this.#worker = worker;
    this.#log = log;
    this.#ready = new Promise((resolve, reject) => {
      worker.on('message', (message: FromEngine) => {
        if (message.kind === 'ready') resolve();
        else if (message.kind === 'refused') {
          // A thread that could not start answers nothing any more.
          this.#isRunning = false;
          this.#onStopped();
          reject(new ProblemError(message.problem));
        } else this.#receive(message);
      });
      worker.once('error', (error: Error) => {
        reject(error);
        this.#lost(error);
      });
      worker.once('exit', (code) => {
        reject(engineErrors.STOPPED());
        this.#lost(new Error(`exit code ${code}`));
      });
    });
    // Whoever starts the engine gets the refusal; before that nobody listens.
    this.#ready.catch(() => undefined);
  }

  /** False once the thread has ended, for whatever reason. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** What the queue keeps when it ends; undefined while it cannot be reached. */
  get queueDurability(): Durability | undefined {
    return this.#queueDurability;
  }

  /** How packing of the store keeps step with what comes in. */
  get packing(): PackingState {
    return this.#packing;
  }

  /** Called when the thread ends though nobody stopped it. */
  set onLost(listener: (reason: string) => void) {
    this.#onLost = listener;
  }

  set onLive(listener: (update: LiveUpdate) => void) {
    this.#onLive = listener;
  }

  set onLiveAlarms(listener: (changes: LiveAlarms) => void) {
    this.#onLiveAlarms = listener;
  }

  /** Makes the changes that rule nodes want; to be set before the engine starts. */
  set changes(changes: NodeChanges) {
    this.#changes = changes;
  }

  /** Called with what rule chains say to HTTP calls. */
  set onReply(listener: (reply: RuleReply) => void) {
    this.#onReply = listener;
  }

  /** Publishes what rule nodes give for the clients of the MQTT broker. */
  set onPublish(publish: (publication: NodePublication) => Promise<void>) {
    this.#onPublish = publish;
  }

  /** Lets the engine load its rule chains and take messages. Call it once, when the first tenant exists. */
  async start(): Promise<void> {
    this.#send({ kind: 'start' });
    await this.#ready;
  }

  sessions(opened: readonly SessionDescriptor[], closed: readonly number[]): void {
    this.#send({ kind: 'sessions', opened, closed });
  }

  /** Tells that the devices of these sessions did something other than send. */
  seen(handles: readonly number[], atMs: number): void {
    this.#send({ kind: 'seen', handles, atMs });
  }

  /** Takes the buffer away. Rejects with the problem that keeps the whole batch from being acknowledged. */
  uplinks(uplinks: ArrayBuffer): Promise<BatchReceipt> {
    return this.#ask((id) => this.#worker.postMessage({ kind: 'uplinks', id, uplinks } satisfies ToEngine, [uplinks]));
  }

  /** Resolves once the engine follows the change, or could not. */
  control(event: ControlEvent): Promise<void> {
    return this.#ask((id) => this.#send({ kind: 'control', id, event }));
  }

  watch(kind: 'watch' | 'unwatch', entity: EntityId): void {
    this.#send({ kind, entity });
  }

  watchAlarms(kind: 'watchAlarms' | 'unwatchAlarms', tenantId: TenantId): void {
    this.#send({ kind, tenantId });
  }

  /** The engine's store, for reading. */
  reads(): EngineReads {
    const pieces = pieceReads({
      nextId: () => this.#nextId++,
      pull: (id, read) => this.#ask(() => this.#send({ kind: 'pull', id, read }), id),
      abandon: (id) => this.#send({ kind: 'abandon', id }),
    });
    return { ...(this.#methods('store', engineReads) as unknown as Omit<EngineReads, 'columns'>), columns: pieces };
  }

  /** Latest values of the engine's store, for queries. */
  latest(): PackedLatest {
    return this.#methods('latest', ['latestOfMany']) as unknown as PackedLatest;
  }

  /** The commands on the engine's data. */
  commands(): DataCommands {
    return this.#methods('commands', engineCommands) as unknown as DataCommands;
  }

  /** The way into rule chains for messages that do not come from devices. */
  messages(): RuleMessages {
    return this.#methods('messages', ['send']) as unknown as RuleMessages;
  }

  /** Replays and removes dead letters. */
  deadLetters(): DeadLetterCommands {
    return this.#methods('deadLetters', ['replay', 'remove']) as unknown as DeadLetterCommands;
  }

  /** Accounts of rule chains. */
  ledgers(): LedgerReader {
    return this.#methods('ledger', ['ledger', 'ledgers']) as unknown as LedgerReader;
  }

  /** How plugins of third parties do. */
  plugins(): { statuses(): Promise<ReturnType<PluginStatuses['statuses']>> } {
    return this.#methods('plugins', ['statuses']) as never;
  }

  /** What the recorder could not keep. */
  recorder(): RecorderState {
    return this.#methods('recorder', ['leftOut']) as unknown as RecorderState;
  }

  /** What was learned from messages of devices. */
  learned(): LearnedTypesReader {
    return this.#methods('learned', ['learned']) as unknown as LearnedTypesReader;
  }

  /** Lets the engine finish what it has, close its store and end. */
  async stop(): Promise<void> {
    if (this.#isRunning) {
      const stopped = new Promise<void>((resolve) => (this.#onStopped = resolve));
      this.#send({ kind: 'stop' });
      await stopped;
      this.#isRunning = false;
      this.#refuseWaiting();
    }
    await this.#worker.terminate();
  }

  /** An object whose methods are calls to the engine thread. Who gives an AbortSignal behind the arguments may abandon the call. */
  #methods(target: CallTarget, names: readonly string[]): Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>> {
    const call =
      (method: string) =>
      (...args: readonly unknown[]): Promise<unknown> => {
        const signal = args.at(-1);
        if (signal instanceof AbortSignal) return this.#abandonable({ target, method, args: args.slice(0, -1), hasSignal: true }, signal);
        return this.#ask((id) => this.#send({ kind: 'call', id, target, method, args }));
      };
    return Object.fromEntries(names.map((name) => [name, call(name)]));
  }

  async #abandonable(call: Omit<EngineCall, 'kind' | 'id'>, signal: AbortSignal): Promise<unknown> {
    if (signal.aborted) throw historyErrors.ABANDONED();
    const id = this.#nextId++;
    const abandon = (): void => this.#send({ kind: 'abandon', id });
    signal.addEventListener('abort', abandon);
    try {
      return await this.#ask(() => this.#send({ kind: 'call', id, ...call }), id);
    } finally {
      signal.removeEventListener('abort', abandon);
    }
  }

  #send(message: ToEngine): void {
    if (this.#isRunning) this.#worker.postMessage(message);
  }

  #ask<T>(post: (id: number) => void, id = this.#nextId++): Promise<T> {
    if (!this.#isRunning) return Promise.reject(engineErrors.STOPPED());
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve, reject });
      post(id);
    });
  }

  #receive(message: FromEngine): void {
    switch (message.kind) {
      case 'receipt': {
        const waiting = this.#take(message.id);
        if (message.rejected !== undefined) waiting?.reject(new ProblemError(message.rejected));
        else waiting?.resolve({ problems: message.problems ?? noProblems } as never);
        break;
      }
      case 'answer': {
        const waiting = this.#take(message.id);
        if (message.problem !== undefined) waiting?.reject(new ProblemError(message.problem));
        else waiting?.resolve(message.value as never);
        break;
      }
      case 'piece': {
        const waiting = this.#take(message.id);
        if (message.problem !== undefined) waiting?.reject(new ProblemError(message.problem));
        else waiting?.resolve(message.columns as never);
        break;
      }
      case 'live':
        for (const update of message.updates) this.#onLive(update);
        for (const changes of message.alarms) this.#onLiveAlarms(changes);
        break;
      case 'change':
        void this.#change(message);
        break;
      case 'publish':
        void this.#publish(message);
        break;
      case 'reply':
        this.#onReply(message);
        break;
      case 'queue':
        this.#queueDurability = message.durability;
        break;
      case 'packing':
        this.#packing = message.state;
        break;
      case 'stopped':
        this.#onStopped();
        break;
      default:
        break;
    }
  }

  /** Control events of the change have gone the same way before the answer goes it. */
  async #change({ id, method, args }: Extract<FromEngine, { kind: 'change' }>): Promise<void> {
    try {
      const changes = this.#changes as unknown as Readonly<Record<string, (...given: readonly unknown[]) => Promise<unknown>>> | undefined;
      if (changes === undefined || !nodeChangeMethods.includes(method)) throw new Error(`the main thread has no change ${method}`);
      this.#send({ kind: 'changed', id, value: await changes[method]?.(...args) });
    } catch (error) {
      if (!isProblem(error)) this.#log.error('node-change-failed', { method, error });
      this.#send({ kind: 'changed', id, problem: problemOf(error) });
    }
  }

  async #publish({ id, kind: _, ...publication }: Extract<FromEngine, { kind: 'publish' }>): Promise<void> {
    try {
      await this.#onPublish(publication);
      this.#send({ kind: 'changed', id });
    } catch (error) {
      this.#send({ kind: 'changed', id, problem: problemOf(error) });
    }
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #lost(error: Error): void {
    if (!this.#isRunning) return;
    this.#isRunning = false;
    this.#log.error('engine-thread-ended', { error });
    this.#refuseWaiting();
    this.#onStopped();
    this.#onLost(problemOf(error).message);
  }

  #refuseWaiting(): void {
    for (const waiting of this.#waiting.values()) waiting.reject(engineErrors.STOPPED());
    this.#waiting.clear();
  }
}
