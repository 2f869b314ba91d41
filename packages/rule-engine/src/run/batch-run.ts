import type { EpochMs, IdSource, Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import type { JsonValue, Message, TenantId } from '@fieldline/model';
import { Message as NewVersion, readingTsMs } from '@fieldline/model';
import type { NewMessage } from '@fieldline/plugin-sdk';
import type { CommitUnit, HandOver, QueuedMessage } from '@fieldline/ports';
import { BatchAccount } from '../account/batch-account.js';
import type { CompiledChain } from '../compile/compile-chain.js';
import type { NodeRuntime } from '../compile/node-runtime.js';
import type { Deployments, DeployedVersion } from '../deploy/deployments.js';
import { engineErrors } from '../errors.js';
import type { UnitServices } from '../services/unit-services.js';
import { unitServices } from '../services/unit-services.js';
import { LatePoints } from '../services/late-points.js';
import type { EngineParts } from '../engine-parts.js';
import { FlightLog } from '../record/flight-log.js';
import type { Attempt, FailedAt } from './attempt.js';
import { ChainRun } from './chain-run.js';
import { inTurn } from './in-turn.js';
import { LeftForLater } from './left-for-later.js';
import { stateKey } from './node-context.js';
import { Origins } from './origins.js';
import { Stopwatch } from './stopwatch.js';
import { restoredMessage, storedMessage } from './stored-message.js';

/** What makes a batch one attempt of a pack that may be retried. */
export interface AttemptOptions {
  readonly attempt: Attempt;
  /** Time that nodes save at which use ours: that of the first attempt, so that a retry saves no second point. */
  readonly savedAtMs: EpochMs;
}

/**
 * One batch on its way through rule chains: the unit that collects its effects, and what they share. Where no
 * node answers with a promise, everything happens before `enter` returns, and nothing is awaited.
 *
 * A message is complete when the run is over: all its branches have ended by then, were handed over, or failed.
 */
export class BatchRun {
  readonly unit: CommitUnit;
  /** To be settled when the call of a node is over. */
  readonly late: LatePoints;
  readonly nowMs: EpochMs;
  readonly parts: EngineParts;
  /** Absent: what fails is a dead letter at once. */
  readonly attempt: Attempt | undefined;
  /** True: no further node is called, and no outcome counts. What came before is committed when the last call is over. */
  isCancelled = false;
  readonly account = new BatchAccount();
  readonly stopwatch: Stopwatch;
  readonly origins = new Origins();
  /** Absent where nobody records anything. */
  readonly flight: FlightLog | undefined;
  readonly later = new LeftForLater(this);
  /** Messages that an external node gave back, by place, and when it wants them again. */
  readonly deferred = new Map<number, { readonly untilMs: EpochMs; readonly problem: Problem }>();
  readonly #savedAtMs: EpochMs;
  #services: { readonly tenantId: TenantId; readonly ofIt: UnitServices } | undefined;
  readonly #deployments: Deployments;
  readonly #versions = new Map<string, DeployedVersion>();
  readonly #touched = new Map<NodeRuntime, Set<string>>();
  #spawned: { readonly message: Message; readonly place: number; readonly nodesRun: number }[] = [];

  constructor(parts: EngineParts, deployments: Deployments, options?: AttemptOptions) {
    this.parts = parts;
    this.#deployments = deployments;
    this.unit = parts.store.begin();
    this.late = new LatePoints(this.unit, parts.services.ttls);
    this.nowMs = parts.clock.nowMs();
    this.attempt = options?.attempt;
    this.stopwatch = new Stopwatch(parts.clock);
    this.flight = parts.recorder === undefined ? undefined : new FlightLog(this.nowMs);
    this.#savedAtMs = options?.savedAtMs ?? this.nowMs;
  }

  get ids(): IdSource {
    return this.parts.ids;
  }

  /** The services of a tenant's nodes; a batch hardly ever meets more than one tenant. */
  services(tenantId: TenantId): UnitServices {
    if (this.#services?.tenantId !== tenantId) {
      const { unit, late } = this;
      this.#services = { tenantId, ofIt: unitServices(this.parts, { unit, late, nowMs: this.#savedAtMs, tenantId }) };
    }
    return this.#services.ofIt;
  }

  /** Runs messages that come from outside, each through its chain, in the order given. */
  enter(messages: readonly QueuedMessage[]): void | Promise<void> {
    const runs = new Map<string, ChainRun>();
    this.origins.entering(messages);
    for (let place = 0; place < messages.length; place += 1) this.#enterFromOutside(runs, messages[place] as QueuedMessage, place);
    return this.#settle(runs);
  }

  /** As `enter`, of some of the messages: those at the places. */
  enterSome(messages: readonly QueuedMessage[], places: readonly number[]): void | Promise<void> {
    const runs = new Map<string, ChainRun>();
    this.origins.entering(messages);
    this.stopwatch.read();
    for (const place of places) this.#enterFromOutside(runs, messages[place] as QueuedMessage, place);
    return this.#settle(runs);
  }

  /** Goes on with a run that somebody seeded, up the callers it came from, and with all it spawned. */
  settle(run: ChainRun): void | Promise<void> {
    const pending = run.run();
    if (pending !== undefined) return pending.then(() => this.#return(run));
    return this.#return(run);
  }

  /** The version of a chain this batch uses: the same from its first use to the end of the batch. */
  chain(id: string): CompiledChain | undefined {
    const known = this.#versions.get(id);
    if (known !== undefined) return known.chain;
    const version = this.#deployments.current(id);
    if (version === undefined) return undefined;
    version.runs += 1;
    this.#versions.set(id, version);
    return version.chain;
  }

  /** Chain of a message that names none: that of its originator's profile, else the root chain. */
  chainIdFor(message: Message): string | undefined {
    return this.parts.chainOf?.(message) ?? this.#deployments.rootOf(message.tenantId);
  }

  wasRemoved(chainId: string): boolean {
    return this.#deployments.wasRemoved(chainId);
  }

  setState(runtime: NodeRuntime, message: Message | undefined, state: unknown): void {
    const { states } = runtime;
    if (states === undefined) return;
    let touched = this.#touched.get(runtime);
    if (touched === undefined) {
      touched = new Set();
      this.#touched.set(runtime, touched);
    }
    const key = stateKey(runtime, message);
    const forgotten = states.set(key, state);
    touched.add(key);
    if (forgotten !== undefined) touched.add(forgotten);
  }

  /** Fails a message: for good under the default processing strategy, else until the pack is decided on. */
  fail(message: Message, problem: Problem, at: FailedAt, place: number): void {
    this.origins.failed(place);
    if (this.attempt === undefined) this.deadLetter(message, problem, at, place);
    else this.attempt.fail(place, { message, problem, at });
  }

  /** Keeps a message with its error in this unit; after that it counts as acknowledged. */
  deadLetter(message: Message, problem: Problem, at: FailedAt, place: number): void {
    this.origins.failed(place);
    const chain = this.chain(at.ruleChainId);
    if (chain !== undefined) this.account.of(chain).failed += 1;
    if (at.node !== undefined) this.account.step(at.node.runtime.counters, 'failed');
    const { code, message: error, remedy } = problem;
    const id = this.ids.next();
    const failedAtMs = this.nowMs;
    const callers = at.callers === undefined || at.callers.length === 0 ? {} : { callers: at.callers };
    const where = { ruleChainId: at.ruleChainId, ruleNodeId: at.node?.id, ...callers };
    const { traceId } = this.origins.marks(place, message.id);
    const trace = traceId === undefined ? {} : { traceId };
    this.unit.deadLetter({ id, message: storedMessage(message), ...where, code, error, remedy, failedAtMs, ...trace });
    const { tenantId, originator } = message;
    this.parts.log.debug('message-failed', { tenantId, originator, messageId: message.id, code, ruleChainId: at.ruleChainId, nodeId: at.node?.id });
  }

  /** A message from outside is run again: only its last run counts as having entered. */
  entersAgain({ message, ruleChainId }: QueuedMessage): void {
    const chain = this.chain(ruleChainId ?? this.chainIdFor(message) ?? '');
    if (chain !== undefined) this.account.of(chain).entered -= 1;
  }

  spawn(fresh: NewMessage, tenantId: TenantId, place: number, nodesRun: number): Message {
    const message = this.make(fresh, tenantId);
    this.#spawned.push({ message, place, nodesRun });
    return message;
  }

  /** Makes a message of what a node described: with an id and a time of its own. */
  make(fresh: NewMessage, tenantId: TenantId): Message {
    return new NewVersion({ ...fresh, tenantId, tsMs: this.nowMs }, this.ids);
  }

  restore(work: HandOver): Message {
    return restoredMessage(work.message, this.ids);
  }

  /** Adds the state that changed to the unit. Called once, when the run is over. */
  writeStates(): void {
    for (const [{ id, tenantId, states }, keys] of this.#touched) {
      for (const entityId of keys) {
        this.unit.nodeState({ tenantId, ruleNodeId: id, entityId, state: states?.peek(entityId) as JsonValue | undefined });
      }
    }
  }

  /** Nodes whose state this batch changed. */
  touched(): Iterable<NodeRuntime> {
    return this.#touched.keys();
  }

  /** Gives back the chain versions. Called once, after the last use. */
  release(): void {
    for (const version of this.#versions.values()) this.#deployments.release(version);
    this.#versions.clear();
  }

  #enterFromOutside(runs: Map<string, ChainRun>, { message, ruleChainId, packet }: QueuedMessage, place: number): void {
    if (packet !== undefined) this.unit.packet({ tenantId: message.tenantId, ...packet, tsMs: readingTsMs(message) });
    const { recorder } = this.parts;
    if (recorder !== undefined) this.origins.ask(recorder, place, message, this.nowMs, this.attempt?.wanted);
    this.#enterChain(runs, message, ruleChainId, place, 0);
  }

  #enterChain(runs: Map<string, ChainRun>, message: Message, named: string | undefined, place: number, nodesRun: number): void {
    const chainId = named ?? this.chainIdFor(message);
    if (chainId === undefined) {
      this.fail(message, problemOf(engineErrors.NO_ROOT_CHAIN()), { ruleChainId: '' }, place);
      return;
    }
    let run = runs.get(chainId);
    if (run === undefined) {
      const chain = this.chain(chainId);
      // A chain that is gone ends the message (rule-engine.md §6); the count says how often.
      if (chain === undefined) return this.#deployments.endedNowhere();
      run = new ChainRun(this, chain, []);
      runs.set(chainId, run);
    }
    run.enter(message, place, nodesRun);
  }

  #settle(runs: ReadonlyMap<string, ChainRun>): void | Promise<void> {
    const pending = inTurn([...runs.values()], (run) => run.run());
    if (pending !== undefined) return pending.then(() => this.#enterSpawned());
    return this.#enterSpawned();
  }

  #return(run: ChainRun): void | Promise<void> {
    const above = run.callerRun();
    return above === undefined ? this.#enterSpawned() : this.settle(above);
  }

  #enterSpawned(): void | Promise<void> {
    if (this.#spawned.length === 0) return undefined;
    const spawned = this.#spawned;
    this.#spawned = [];
    const runs = new Map<string, ChainRun>();
    for (const { message, place, nodesRun } of spawned) this.#enterChain(runs, message, undefined, place, nodesRun);
    return this.#settle(runs);
  }
}
