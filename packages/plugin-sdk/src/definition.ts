import type { EpochMs } from '@fieldline/kernel';
import type { JsonValue, Message, Metadata, TenantId } from '@fieldline/model';
import type * as z from 'zod';
import type { Answer, Failure, Outcome } from './outcome.js';
import type { Need, Services } from './services/index.js';

export type Category = 'filter' | 'enrichment' | 'transformation' | 'action' | 'external' | 'flow';

/** What every call of a node gets besides its services. */
export interface BaseContext<Config> {
  /** Settings, parsed by the node's schema. */
  readonly config: Config;
  /** The name the engineer gave the node. */
  readonly nodeName: string;
  /** Id of the node in its rule chain. */
  readonly nodeId: string;
  /** Tenant that owns the rule chain. */
  readonly tenantId: TenantId;
  /** The time of this batch. The only clock a node has. */
  readonly nowMs: EpochMs;
  /** The only randomness a node has: 0 <= x < 1, from a seed in tests. */
  random(): number;
}

export type Context<Config, State, Needs extends Need, Connection = never> = BaseContext<Config> &
  Pick<Services, Needs> & {
    /** State of the originator (or of the node): what the last outcome for it left, undefined before that. */
    readonly state: State | undefined;
    /** What `connection.open` opened. */
    readonly connection: Connection;
  };

export type BatchContext<Config, State, Needs extends Need, Connection = never> = BaseContext<Config> &
  Pick<Services, Needs> & {
    /** State that belongs to a message, as the batch found it. */
    stateOf(message: Message): State | undefined;
    readonly connection: Connection;
  };

/** Services that exist outside a batch. */
type StartNeed = 'scripts' | 'log' | 'network' | 'entities';

export type StartContext<Config, Needs extends Need> = BaseContext<Config> & Pick<Services, Needs & StartNeed>;

export type OpenContext<Config, Needs extends Need> = StartContext<Config, Needs> & {
  /** Aborted when the node stops. */
  readonly signal: AbortSignal;
  /** Tells that the connection broke and will not mend itself; it is closed and opened again. */
  lost(reason: Error): void;
};

/**
 * A connection that a node keeps, such as a producer of a broker. It is opened when the node starts, and again with growing
 * pauses while that fails; nobody waits for it but the messages of the node.
 */
export interface ConnectionDeclaration<Config, Connection, Needs extends Need> {
  open(context: OpenContext<Config, Needs>): Promise<Connection>;
  /** Sends what it still holds, then closes. */
  close(connection: Connection): Promise<void>;
  /** What messages do while there is none: wait in the log, or leave by `Failure` with NODE_NOT_CONNECTED. */
  whenAway(config: Config): 'wait' | 'fail';
}

/** A new message in an example; what is absent may be anything, of metadata the keys that are absent. */
export interface ExampleEmission<Relation extends string> {
  readonly to: Relation | Failure;
  readonly type?: string;
  readonly metadata?: Metadata;
  readonly data?: JsonValue;
}

/** A case that the documentation shows and the conformance suite runs. */
export interface NodeExample<Config, Relation extends string> {
  readonly title: string;
  /** Settings that differ from the defaults. */
  readonly config?: Partial<Config>;
  readonly message: { readonly type: string; readonly metadata?: Metadata; readonly data: JsonValue };
  /** By which relations it leaves; an empty list where it ends or waits. */
  readonly to: Relation | Failure | readonly (Relation | Failure)[];
  /** What leaves the node, where that differs from what came. */
  readonly result?: { readonly type?: string; readonly metadata?: Metadata; readonly data?: JsonValue };
  /** New messages that the node makes, all of them in their order. `to` is about the message that came: empty where it ends for them. */
  readonly emits?: readonly ExampleEmission<Relation>[];
  /** How long after the message they leave, in milliseconds; absent where they leave at once. */
  readonly afterMs?: number;
}

/** How a node type stands for one of ThingsBoard. Its settings have ThingsBoard's shape, and `version` counts on from theirs. */
export interface ThingsboardNode {
  readonly className: string;
  readonly configurationVersion: number;
  /** Settings that ThingsBoard does not know: an export carries them in `additionalInfo`, where its readers ignore them. */
  readonly ownSettings?: readonly string[];
}

/** A node type: everything about it, in one place. */
export interface RuleNodeDefinition<Config, State, Relation extends string, Needs extends Need, Connection = never> {
  /** Stable for ever, such as `filter.deadband`. */
  readonly type: string;
  /** Version of the settings; each bump has a migration. */
  readonly version: number;
  /** From the version it is named by to the next. */
  readonly migrate?: Readonly<Record<number, (old: unknown) => unknown>>;
  readonly category: Category;
  readonly title: string;
  readonly summary: string;
  /** Markdown body of the documentation page. */
  readonly docs?: string;
  readonly examples?: readonly NodeExample<NoInfer<Config>, NoInfer<Relation>>[];
  /** Tabler icon name for the palette. */
  readonly icon?: string;
  /** For import and export. */
  readonly thingsboard?: ThingsboardNode;
  /** Why the palette does not offer it any more, and what to use instead. Chains that have it run on. */
  readonly deprecated?: string;
  /** Name of the plugin that makes it work; without that plugin it can be imported, drawn and set, and fails its messages. */
  readonly needsPlugin?: string;
  /** Ways out besides `Failure`, which is always there; `custom` lets the engineer name them. */
  readonly relationTypes: readonly Relation[] | 'custom';
  /** Relation types the editor proposes for a node with custom ones. */
  readonly suggestedRelationTypes?: readonly string[];
  readonly config: z.ZodType<Config>;
  /** Settings of a freshly dropped node. */
  readonly defaults: NoInfer<Config>;
  readonly state?: {
    readonly schema: z.ZodType<State>;
    readonly keyedBy: 'originator' | 'node';
    /** Beyond it the least recently used entry is forgotten. */
    readonly maxEntries: number;
  };
  readonly needs?: readonly Needs[];
  /** True where the node talks to something outside: messages are handed over in the commit before it runs (at least once). */
  readonly isExternal?: boolean;
  readonly connection?: ConnectionDeclaration<Config, Connection, Needs>;
  /** True where the node has a queue of its own to send by (`queueName` of the node). */
  readonly hasQueue?: boolean;
  /** False where nothing may lead into the node, such as a generator. */
  readonly hasInput?: boolean;
  /** Checks what a schema cannot, such as that a script compiles. Throwing keeps the node from starting. */
  onStart?(context: StartContext<Config, Needs>): void | Promise<void>;
  onMessage(message: Message, context: Context<Config, State, Needs, Connection>): Answer<Relation, State>;
  /** One outcome a message, in order. */
  onBatch?(
    messages: readonly Message[],
    context: BatchContext<Config, State, Needs, Connection>,
  ): readonly Outcome<NoInfer<Relation>, State>[] | Promise<readonly Outcome<NoInfer<Relation>, State>[]>;
  /** After `held` or `wakeAtMs`, for the message that had it. */
  onTimer?(message: Message, context: Context<Config, State, Needs, Connection>): Answer<Relation, State>;
  /** For nodes that make messages by themselves: the first tick comes after `periodMs`, then one every period. */
  readonly ticks?: {
    periodMs(config: Config): number;
    /** Called with state keyed by node. Returns what to emit; an empty list emits nothing. */
    onTick(context: Context<Config, State, Needs, Connection>): Answer<Relation, State>;
  };
  /**
   * For what runs a node elsewhere: whether the messages that come now are handed over in the commit, as those of an external
   * node, instead of being waited for. Such a node may also give messages back by `defer`. Asked before each batch.
   */
  handsOver?(): boolean;
  /** Behaviour the engine itself supplies; such a node only declares (package plugin-flow). */
  readonly engine?: 'rule-chain' | 'output' | 'acknowledge' | 'checkpoint';
}

/** Any node type, where its parameters do not matter. */
// The five parameters are used in both directions, so only `any` accepts every definition.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyRuleNodeDefinition = RuleNodeDefinition<any, any, any, any, any>;

/** Relation types a node may leave by: its own and `Failure`. */
export type RelationOf<D> = D extends RuleNodeDefinition<infer _C, infer _S, infer R, infer _N, infer _O> ? R | Failure : never;

/**
 * Declares a node type. From this one declaration come validation, the editor's form, the documentation page
 * and the palette entry. Relation types, settings and state fields that are misspelt do not compile.
 */
export function defineRuleNode<Config, State = never, const Relation extends string = string, const Needs extends Need = never, Connection = never>(
  definition: RuleNodeDefinition<Config, State, Relation, Needs, Connection>,
): RuleNodeDefinition<Config, State, Relation, Needs, Connection> {
  return definition;
}

/** What a plugin package exports as `plugin`. */
export interface Plugin {
  readonly name: string;
  readonly nodes: readonly AnyRuleNodeDefinition[];
}
