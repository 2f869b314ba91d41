import type { Clock, IdSource, Log } from '@fieldline/kernel';
import type { Alarm, JsonValue, Message } from '@fieldline/model';
import type { AnyRuleNodeDefinition } from '@fieldline/plugin-sdk';
import type { DataStore, NodeServices, ScriptEngine } from '@fieldline/ports';

/** What the engine needs from outside. */
export interface EngineParts {
  readonly store: DataStore;
  readonly services: NodeServices;
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
}
