import type { Log, Problem } from '@fieldline/kernel';
import { isProblem, problemOf } from '@fieldline/kernel';
import { systemTenantId, type DeviceId } from '@fieldline/model';
import type {
  ControlEvent,
  ControlEvents,
  DataCommands,
  DataStore,
  EntityStore,
  LedgerReader,
  MessageQueue,
  RecorderState,
  RuleMessages,
} from '@fieldline/ports';
import type { RuleEngine } from '@fieldline/rule-engine';
import type { DeviceStates, LearnedTypes, LivePublisher, SessionDescriptor, SessionTable, UplinkIntake } from '@fieldline/telemetry';
import type { PackedLatest } from '../query-host/packed-latest.js';
import type { DeadLetters } from './dead-letters.js';
import type { DeployedChains } from './deployed-chains.js';
import type { KnownQueues } from './known-queues.js';
import { engineCommands, engineReads } from './engine-host.js';
import type { CallTarget, EngineCall, FromEngine, ToEngine } from './link.js';
import type { MainThread } from './main-thread.js';
import { PieceAnswers } from './piece-answers.js';
import type { PluginStatuses } from '../plugin-host/plugin-host.js';
import type { NodePlatform } from './node-platform.js';
import type { ProfileTtlTable } from './profile-ttls.js';
import type { StorageTtls } from './storage-ttls.js';
import type { TraceRetention } from './trace-retention.js';

export interface EngineThreadParts {
  readonly store: DataStore;
  readonly latest: PackedLatest;
  readonly entities: EntityStore;
  readonly queue: MessageQueue;
  readonly engine: RuleEngine;
  readonly chains: DeployedChains;
  readonly queues: KnownQueues;
  readonly ttls: StorageTtls;
  readonly profileTtls: ProfileTtlTable;
  readonly deadLetters: DeadLetters;
  readonly traceRetention: TraceRetention;
  readonly intake: UplinkIntake;
  readonly sessions: SessionTable;
  readonly states: DeviceStates;
  readonly live: LivePublisher;
  readonly commands: DataCommands;
  readonly messages: RuleMessages;
  /** Accounts of the rule chains that run. */
  readonly ledger: LedgerReader;
  readonly recorder: RecorderState;
  readonly learned: LearnedTypes;
  readonly plugins: PluginStatuses & { close(): Promise<void> };
  /** Told of every change of the control plane. */
  readonly events: ControlEvents;
  readonly platform: NodePlatform;
  readonly main: MainThread;
  readonly log: Log;
}

/** The engine thread's end of the link: answers what the main thread sends until it is told to stop. */
export class EngineThreadMain {
  readonly #parts: EngineThreadParts;
  readonly #send: (message: FromEngine) => void;
  readonly #pieces: PieceAnswers;
  /** Of the calls under way that may be abandoned. */
  readonly #abandoned = new Map<number, AbortController>();
  readonly #callable: Readonly<Record<CallTarget, ReadonlySet<string>>> = {
    store: new Set(engineReads),
    latest: new Set(['latestOfMany']),
    commands: new Set(engineCommands),
    messages: new Set(['send']),
    deadLetters: new Set(['replay', 'remove']),
    ledger: new Set(['ledger', 'ledgers']),
    recorder: new Set(['leftOut']),
    learned: new Set(['learned']),
    plugins: new Set(['statuses']),
  };

  constructor(parts: EngineThreadParts, send: (message: FromEngine, transfer?: readonly ArrayBuffer[]) => void) {
    this.#parts = parts;
    this.#send = send;
    this.#pieces = new PieceAnswers({ series: parts.store, send, log: parts.log });
  }

  /** Loads every rule chain of every tenant and starts taking messages. */
  async start(): Promise<void> {
    const { engine, entities, chains, queues, ttls, profileTtls, store, live, states, learned, log } = this.#parts;
    store.onCommitted((changes) => {
      live.committed(changes);
      states.committed(changes);
    });
    const tenantIds = await entities.tenantIds();
    await queues.load(tenantIds);
    await ttls.load(tenantIds);
    await profileTtls.load(tenantIds);
    for (const tenantId of tenantIds) {
      if (tenantId === systemTenantId) continue;
      await chains.deployAll(tenantId);
    }
    await engine.start();
    this.#parts.deadLetters.start();
    this.#parts.traceRetention.start();
    // Nobody needs to wait until all is known about devices that were here before.
    states.start().catch((error: unknown) => log.error('device-states-not-read', { error }));
    learned.start().catch((error: unknown) => log.error('learned-types-not-read', { error }));
    this.#send({ kind: 'ready' });
  }

  receive(message: ToEngine): void {
    switch (message.kind) {
      case 'uplinks':
        this.#accept(message.id, message.uplinks);
        break;
      case 'sessions':
        for (const descriptor of message.opened) this.#open(descriptor);
        for (const handle of message.closed) this.#close(handle);
        break;
      case 'seen':
        for (const handle of message.handles) {
          const session = this.#parts.sessions.get(handle);
          if (session !== undefined) this.#parts.states.touch(session, message.atMs);
        }
        break;
      case 'call':
        void this.#answer(message);
        break;
      case 'pull':
        void this.#pieces.pull(message.id, message.read);
        break;
      case 'abandon':
        this.#pieces.abandon(message.id);
        this.#abandoned.get(message.id)?.abort();
        break;
      case 'control':
        void this.#controlChanged(message.event).then(() => this.#send({ kind: 'answer', id: message.id }));
        break;
      case 'watch':
        this.#parts.live.watch(message.entity);
        break;
      case 'unwatch':
        this.#parts.live.unwatch(message.entity);
        break;
      case 'watchAlarms':
        this.#parts.live.watchAlarms(message.tenantId);
        break;
      case 'unwatchAlarms':
        this.#parts.live.unwatchAlarms(message.tenantId);
        break;
      case 'changed':
        this.#parts.main.answered(message);
        break;
      case 'start':
        this.start().catch((error: unknown) => {
          if (!isProblem(error)) this.#parts.log.error('engine-start-failed', { error });
          this.#send({ kind: 'refused', problem: problemOf(error) });
        });
        break;
      case 'stop':
        void this.#stop();
        break;
    }
  }

  /** Only MQTT keeps a connection: other sessions stand for requests. What is opened again has only changed. */
  #open(descriptor: SessionDescriptor): void {
    const { sessions, states } = this.#parts;
    const isNew = sessions.get(descriptor.handle) === undefined;
    sessions.open(descriptor);
    if (isNew && descriptor.transport === 'MQTT') states.connected(descriptor);
  }

  #close(handle: number): void {
    const { sessions, states } = this.#parts;
    const session = sessions.get(handle);
    sessions.close(handle);
    if (session?.transport === 'MQTT') states.disconnected(session);
  }

  #accept(id: number, uplinks: ArrayBuffer): void {
    this.#parts.intake.accept(uplinks).then(
      (problems: ReadonlyMap<number, Problem>) => this.#send(problems.size === 0 ? { kind: 'receipt', id } : { kind: 'receipt', id, problems }),
      (error: unknown) => {
        if (!isProblem(error)) this.#parts.log.error('batch-failed', { error });
        this.#send({ kind: 'receipt', id, rejected: problemOf(error) });
      },
    );
  }

  async #answer(call: EngineCall): Promise<void> {
    const { id, method } = call;
    try {
      this.#send({ kind: 'answer', id, value: await this.#call(call) });
    } catch (error) {
      if (!isProblem(error)) this.#parts.log.error('engine-call-failed', { method, error });
      this.#send({ kind: 'answer', id, problem: problemOf(error) });
    } finally {
      this.#abandoned.delete(id);
    }
  }

  async #call({ id, target, method, args, hasSignal = false }: EngineCall): Promise<unknown> {
    const owner = this.#parts[target] as unknown as Readonly<Record<string, (...given: readonly unknown[]) => Promise<unknown>>>;
    if (!this.#callable[target].has(method)) throw new Error(`the engine has no method ${target}.${method}`);
    if (!hasSignal) return owner[method]?.(...args);
    const abandoned = new AbortController();
    this.#abandoned.set(id, abandoned);
    return owner[method]?.(...args, abandoned.signal);
  }

  async #controlChanged(event: ControlEvent): Promise<void> {
    this.#parts.events.publish(event);
    this.#parts.learned.controlChanged(event);
    if (event.kind === 'device' && event.version === undefined) this.#parts.states.forget(event.id as DeviceId);
    const { queues, chains, ttls, profileTtls, log } = this.#parts;
    try {
      await queues.changed(event);
      await chains.changed(event);
    } catch (error) {
      log.error('rule-chain-deploy-failed', { tenantId: event.tenantId, id: event.id, error });
    }
    try {
      await Promise.all([ttls.changed(event), profileTtls.changed(event)]);
    } catch (error) {
      log.error('storage-ttl-not-set', { tenantId: event.tenantId, id: event.id, error });
    }
  }

  async #stop(): Promise<void> {
    const { engine, queue, store, states, entities, main, platform, log } = this.#parts;
    this.#pieces.close();
    for (const abandoned of this.#abandoned.values()) abandoned.abort();
    const steps: readonly (() => unknown)[] = [
      () => states.stop(),
      () => this.#parts.learned.stop(),
      () => this.#parts.deadLetters.stop(),
      () => this.#parts.traceRetention.stop(),
      () => engine.stopRetries(),
      () => queue.close(),
      () => engine.close(),
      () => this.#parts.plugins.close(),
      () => main.close(),
      () => platform.close(),
      () => store.close(),
      () => entities.close(),
    ];
    // A part that cannot be stopped must not keep the store from being closed.
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        log.error('engine-stop-failed', { error });
      }
    }
    this.#send({ kind: 'stopped' });
  }
}
