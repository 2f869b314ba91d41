import type { Clock, IdSource, Log } from '@fieldline/kernel';
import type { Alarm, JsonValue, Message, TenantId } from '@fieldline/model';
import type { AnyRuleNodeDefinition, Services } from '@fieldline/plugin-sdk';
import type { DataStore, MessageRecorder, NodeServices, ScriptEngine } from '@fieldline/ports';

/** Names of the services that write into, or read with, the commit of a batch. */
export const unitNeeds = ['timeSeries', 'attributes', 'alarms', 'rpc'] as const;

/** Names of the services that have nothing to do with the commit of a batch. */
export const platformNeeds = ['entities', 'relations', 'http', 'network', 'mail', 'broker', 'restReplies', 'deviceState'] as const;

/** These services; a node that needs one that is absent (the server was started without it) does not start. */
export type PlatformServices = { readonly [Need in (typeof platformNeeds)[number]]?: Services[Need] | undefined };

/** The node that a service works for: changes are recorded under its name. */
export interface PlatformUser {
  readonly tenantId: TenantId;
  readonly id: string;
  /** The name the engineer gave it. */
  readonly name: string;
}

/** What the engine needs from outside. */
export interface EngineParts {
  readonly store: DataStore;
  readonly services: NodeServices;
  /** The platform as a node of a tenant sees it; asked for once a node and version of its chain. */
  readonly platform: (node: PlatformUser) => PlatformServices;
  readonly scripts: ScriptEngine;
  readonly alarmToJson: (alarm: Alarm) => JsonValue;
  /** The installed node types. */
  readonly catalogue: readonly AnyRuleNodeDefinition[];
  readonly clock: Clock;
  readonly ids: IdSource;
  /** 0 <= x < 1; the only randomness of nodes. */
  readonly random: () => number;
  readonly log: Log;
  /** Rule chain that the profile of a message's originator names, if any. Messages from the queue bring theirs along. */
  readonly chainOf?: ((message: Message) => string | undefined) | undefined;
  /** Absent: no path of a message is recorded, and no node is debugged. */
  readonly recorder?: MessageRecorder | undefined;
}
