import type { EpochMs } from '@fieldline/kernel';
import { assert, epochMs, ProblemError } from '@fieldline/kernel';
import type { Message } from '@fieldline/model';
import type { BaseContext, BatchContext, Context, RuleNodeDefinition, StartContext } from '../definition.js';
import type { ScriptCompiler } from '../host/script-binding.js';
import { loadSettings } from '../host/settings.js';
import { NodeStates } from '../host/node-states.js';
import type { Outcome } from '../outcome.js';
import { fail } from '../outcome.js';
import type { HttpAnswer, HttpRequest, Need } from '../services/index.js';
import { checkOutcome } from './check-outcome.js';
import { HarnessConnection } from './harness-connection.js';
import { harnessServices } from './harness-services.js';
import { harnessStartMs, harnessTenantId } from './messages.js';
import type { Recorded } from './recorded.js';

export interface HarnessOptions<Config, Connection = never> {
  /** Settings that differ from the node's defaults. */
  readonly config?: Partial<NoInfer<Config>>;
  /** Settings exactly as stored, instead of `config`: parsed alone, without the defaults of a fresh node. */
  readonly stored?: unknown;
  /** Runs the node's scripts; `scriptStandIns` will do unless the script itself is the subject. */
  readonly scripts?: ScriptCompiler;
  /** Answers commands to devices. */
  readonly reply?: (message: Message) => string;
  /** Answers HTTP requests. */
  readonly http?: (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer>;
  /** Stands for the node's connection; without it the node opens its own, and messages meet what the engine does while it cannot. */
  readonly connection?: NoInfer<Connection>;
  readonly nodeName?: string;
  readonly nodeId?: string;
  readonly startMs?: number;
  /** 0 <= x < 1; counts through a fixed sequence unless given. */
  readonly random?: () => number;
}

/**
 * Runs one node as the engine does: parses its settings, keeps its state from message to message, owns the
 * clock, and checks every outcome against the declaration. Services are in memory and record what happened.
 *
 * Construct it through `nodeHarness`. Settings that do not parse throw when the node is first used.
 */
export class NodeHarness<Config, State, Relation extends string, Needs extends Need, Connection = never> {
  readonly recorded: Recorded;
  readonly #definition: RuleNodeDefinition<Config, State, Relation, Needs, Connection>;
  readonly #options: HarnessOptions<Config, Connection>;
  readonly #states: NodeStates;
  readonly #services: Pick<StartContext<Config, Need>, 'scripts' | 'log'> & { dispose(): void };
  #held: { readonly untilMs: number; readonly message: Message }[] = [];
  #nowMs: number;
  #nextTickMs = Number.POSITIVE_INFINITY;
  #settings: Config | undefined;
  readonly #connection: HarnessConnection<Config, Connection, Needs> | undefined;
  #draws = 0;

  constructor(definition: RuleNodeDefinition<Config, State, Relation, Needs, Connection>, options: HarnessOptions<Config, Connection>) {
    this.#definition = definition;
    this.#options = options;
    this.#nowMs = options.startMs ?? harnessStartMs;
    this.#states = new NodeStates(definition.state?.maxEntries ?? 1);
    const built = harnessServices({
      needs: definition.needs ?? [],
      nowMs: () => this.#nowMs,
      scripts: options.scripts,
      reply: options.reply,
      http: options.http,
    });
    this.recorded = built.recorded;
    this.#services = built.services;
    const { connection } = definition;
    this.#connection = connection === undefined ? undefined : new HarnessConnection(connection, options.connection);
  }

  get nowMs(): EpochMs {
    return epochMs(this.#nowMs);
  }

  /** Starts the node; called by the first message otherwise. Throws what keeps the node from starting. */
  async start(): Promise<void> {
    if (this.#settings !== undefined) return;
    const { config, stored } = this.#options;
    const { version, defaults } = this.#definition;
    const settings = loadSettings(this.#definition, { version, config: stored ?? { ...(defaults as object), ...config } });
    if ('problem' in settings) throw new ProblemError(settings.problem);
    const context = { ...this.#base(settings.config), ...this.#services } as unknown as StartContext<Config, Needs>;
    await this.#definition.onStart?.(context);
    await this.#connection?.start(context);
    this.#settings = settings.config;
    const { ticks } = this.#definition;
    if (ticks !== undefined) this.#nextTickMs = this.#nowMs + ticks.periodMs(settings.config);
  }

  /** Stops the node and keeps its state, as a redeployment with the same settings does; the next message starts it again. */
  async stop(): Promise<void> {
    this.#settings = undefined;
    await this.#connection?.stop();
    this.#services.dispose();
  }

  /** Gives the node one message and returns its outcome. An exception of the node is an outcome of kind `failed`. */
  async send(message: Message): Promise<Outcome<Relation, State>> {
    const outcome = (await this.sendAll([message]))[0];
    assert(outcome !== undefined, 'a batch of one has one outcome');
    return outcome;
  }

  /** Gives the node a batch: at once where it declares `onBatch`, else one by one. */
  async sendAll(messages: readonly Message[]): Promise<readonly Outcome<Relation, State>[]> {
    await this.start();
    await this.#connection?.open();
    const before = messages.map(printed);
    const outcomes = await this.#answers(messages);
    assert(outcomes.length === messages.length, `${this.#definition.type} gave ${outcomes.length} outcomes for ${messages.length} messages`);
    messages.forEach((message, place) => assert(printed(message) === before[place], `${this.#definition.type} changed a message in place`));
    return outcomes;
  }

  /** Where the message went: `True`, `A, B` for several, `Success, +Alarm Created` with a new message, `Failure CODE`, `Ended reason`, `Held`, `Deferred CODE`. */
  async relation(message: Message): Promise<string> {
    return relationOf(await this.send(message));
  }

  /** Moves the clock. Held messages and ticks that fall due wait for `runDue`. */
  advanceMs(durationMs: number): void {
    this.#nowMs += durationMs;
  }

  /** Runs held messages and ticks that are due, earliest first; returns their outcomes. */
  async runDue(): Promise<readonly Outcome<Relation, State>[]> {
    await this.start();
    const outcomes: Outcome<Relation, State>[] = [];
    const due = this.#held.filter(({ untilMs }) => untilMs <= this.#nowMs).sort((a, b) => a.untilMs - b.untilMs);
    this.#held = this.#held.filter(({ untilMs }) => untilMs > this.#nowMs);
    const { onTimer, ticks } = this.#definition;
    for (const { message } of due) {
      assert(onTimer !== undefined, `${this.#definition.type} holds messages but has no onTimer`);
      outcomes.push(this.#settle(message, await this.#caught(message, () => onTimer(message, this.#context(message)))));
    }
    while (ticks !== undefined && this.#nextTickMs <= this.#nowMs) {
      this.#nextTickMs += ticks.periodMs(this.#config());
      outcomes.push(this.#settle(undefined, await ticks.onTick(this.#context(undefined))));
    }
    return outcomes;
  }

  /** State as the next message will find it. */
  state(message?: Message): State | undefined {
    return this.#states.get(this.#keyOf(message)) as State | undefined;
  }

  async #answers(messages: readonly Message[]): Promise<readonly Outcome<Relation, State>[]> {
    const connection = this.#connection;
    if (connection !== undefined && connection.opened === undefined) {
      return messages.map((message) => this.#settle(message, connection.outcome(message, this.#config(), this.nowMs)));
    }
    return this.#definition.onBatch === undefined ? await this.#oneByOne(messages) : await this.#atOnce(messages);
  }

  async #oneByOne(messages: readonly Message[]): Promise<readonly Outcome<Relation, State>[]> {
    const outcomes: Outcome<Relation, State>[] = [];
    for (const message of messages) {
      const outcome = await this.#caught(message, () => this.#definition.onMessage(message, this.#context(message)));
      outcomes.push(this.#settle(message, outcome));
    }
    return outcomes;
  }

  async #atOnce(messages: readonly Message[]): Promise<readonly Outcome<Relation, State>[]> {
    const stateOf = (message: Message): State | undefined => this.state(message);
    const context = { ...this.#base(), ...this.#services, stateOf, connection: this.#connection?.opened };
    let outcomes: readonly Outcome<Relation, State>[];
    try {
      outcomes = (await this.#definition.onBatch?.(messages, context as unknown as BatchContext<Config, State, Needs, Connection>)) ?? [];
    } catch (error) {
      outcomes = messages.map((message) => failed(error, message));
    }
    return outcomes.map((outcome, place) => this.#settle(messages[place], outcome));
  }

  async #caught(message: Message, run: () => Outcome<Relation, State> | Promise<Outcome<Relation, State>>): Promise<Outcome<Relation, State>> {
    try {
      return await run();
    } catch (error) {
      return failed(error, message);
    }
  }

  #settle(message: Message | undefined, outcome: Outcome<Relation, State>): Outcome<Relation, State> {
    checkOutcome(this.#definition, outcome);
    if ('state' in outcome && outcome.state !== undefined) {
      const { state } = this.#definition;
      assert(state !== undefined, `${this.#definition.type} returns state but declares none`);
      // State is stored as JSON between messages, so it comes back as JSON leaves it.
      this.#states.set(this.#keyOf(message), state.schema.parse(JSON.parse(JSON.stringify(outcome.state))));
    }
    if (outcome.kind === 'held' && message !== undefined) this.#held.push({ untilMs: outcome.untilMs, message });
    if ('wakeAtMs' in outcome && outcome.wakeAtMs !== undefined && message !== undefined) this.#held.push({ untilMs: outcome.wakeAtMs, message });
    return outcome;
  }

  #keyOf(message: Message | undefined): string {
    if (message === undefined || this.#definition.state?.keyedBy === 'node') return '';
    return `${message.originator.entityType} ${message.originator.id}`;
  }

  #config(): Config {
    assert(this.#settings !== undefined, 'the node was started');
    return this.#settings;
  }

  #base(config: Config = this.#config()): BaseContext<Config> {
    const { nodeName = 'Node under test', nodeId = '00000000-0000-7000-8000-0000000000bb', random } = this.#options;
    const draw = random ?? (() => (this.#draws++ * 0.618_033_988_749_895) % 1);
    return { config, nodeName, nodeId, tenantId: harnessTenantId, nowMs: this.nowMs, random: draw };
  }

  #context(message: Message | undefined): Context<Config, State, Needs, Connection> {
    const context = { ...this.#base(), ...this.#services, state: this.state(message), connection: this.#connection?.opened };
    return context as unknown as Context<Config, State, Needs, Connection>;
  }
}

/**
 * A node under test. Nothing is mocked: what the node saves, raises, logs and sends is found in `recorded`.
 *
 * @example const node = nodeHarness(deadbandNode, { config: { key: 'temperature' } });
 *          expect(await node.relation(telemetry('device-a', { temperature: 20 }))).toBe('Changed');
 */
export function nodeHarness<Config, State, Relation extends string, Needs extends Need, Connection = never>(
  definition: RuleNodeDefinition<Config, State, Relation, Needs, Connection>,
  options: HarnessOptions<Config, Connection> = {},
): NodeHarness<Config, State, Relation, Needs, Connection> {
  return new NodeHarness(definition, options);
}

/** An outcome in a few words, for assertions: see `NodeHarness.relation`. */
export function relationOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'routed':
      return [...(typeof outcome.to === 'string' ? [outcome.to] : outcome.to), ...(outcome.emits ?? []).map(({ to }) => `+${to}`)].join(', ');
    case 'emitted':
      return outcome.messages.map(({ to }) => to).join(', ');
    case 'held':
      return 'Held';
    case 'deferred':
      return `Deferred ${outcome.problem.code}`;
    case 'ended':
      return `Ended ${outcome.reason}`;
    case 'failed':
      return `Failure ${outcome.problem.code}`;
  }
}

const failed = (error: unknown, message: Message): Outcome<never, never> => fail(error instanceof Error ? error : new Error(String(error)), message);

function printed(message: Message): string {
  try {
    return JSON.stringify([message.id, message.type, message.originator, message.metadata, message.data]);
  } catch {
    return JSON.stringify([message.id, message.type, message.originator, message.metadata, message.text]);
  }
}
