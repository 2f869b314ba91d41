import type { Alarm, AlarmSeverity, AttributeScope, EntityId, JsonValue, Message } from '@fieldline/model';

/** Writes points into the commit of the running batch. */
export interface TimeSeriesService {
  /**
   * Saves what a telemetry message carries: `{key: value}`, `{ts, values}`, or an array of them.
   * Values without a time of their own get `metadata.ts`, else the message's time.
   *
   * @param options.ttlMs how long to keep the points; 0 means as long as the tenant says
   * @returns the number of points; 0 where the body holds none
   * @throws TELEMETRY_KEY_INVALID, TELEMETRY_VALUE_NULL, TELEMETRY_VALUE_TOO_LARGE, TELEMETRY_BODY_INVALID
   */
  save(message: Message, options: { readonly ttlMs: number; readonly useServerTime: boolean }): number;
}

export interface AttributesService {
  /**
   * Saves the flat object of the message as attributes of its originator.
   *
   * @returns the keys written; with `onlyOnChange` those that differ from what is stored in value or kind
   * @throws TELEMETRY_BODY_INVALID, TELEMETRY_VALUE_NULL, TELEMETRY_KEY_INVALID
   */
  save(message: Message, options: { readonly scope: AttributeScope; readonly onlyOnChange: boolean }): Promise<readonly string[]>;
}

/** What an alarm shall be; the originator and customer are the message's unless given. */
export interface AlarmSpecification {
  readonly originator?: EntityId | undefined;
  readonly type: string;
  readonly severity: AlarmSeverity;
  readonly startMs: number;
  readonly details: JsonValue;
  readonly propagate: boolean;
  readonly propagateToOwner: boolean;
  readonly propagateToTenant: boolean;
  readonly propagateRelationTypes: readonly string[];
}

export interface AlarmsService {
  active(message: Message, type: string): Promise<Alarm | undefined>;
  byId(message: Message, id: string): Promise<Alarm | undefined>;
  raise(message: Message, alarm: AlarmSpecification): Promise<{ readonly alarm: Alarm; readonly change: 'created' | 'updated' | 'unchanged' }>;
  /** @returns the cleared alarm, or undefined where it was not active any more */
  clear(message: Message, alarm: Alarm, details: JsonValue | undefined): Promise<Alarm | undefined>;
  /** The alarm as ThingsBoard's JSON, the body of alarm messages. */
  toJson(alarm: Alarm): JsonValue;
}

/** The script fields of a node's settings, as ThingsBoard names them. */
export interface ScriptSettings {
  readonly scriptLang?: 'TBEL' | 'JS' | null | undefined;
  readonly jsScript?: string | null | undefined;
  readonly tbelScript?: string | null | undefined;
}

/** One call's answer: a value of the asked type, or the problem. */
export type ScriptReply<T> = { readonly value: T } | { readonly problem: import('@fieldline/kernel').Problem };

/** What a script of kind update or generate made of a message; absent parts are unchanged. */
export interface ScriptedMessage {
  readonly text?: string | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly type?: string | undefined;
}

/**
 * Runs the user's script for a batch of messages: one reply a message, in order. The script is compiled
 * once for the node; call `check` in `onStart` so that a script that does not compile stops the node.
 */
export interface ScriptsService {
  check(settings: ScriptSettings, kind: 'filter' | 'switch' | 'update' | 'generate' | 'string' | 'json'): void;
  filter(settings: ScriptSettings, messages: readonly Message[]): readonly ScriptReply<boolean>[];
  switch(settings: ScriptSettings, messages: readonly Message[]): readonly ScriptReply<readonly string[]>[];
  update(settings: ScriptSettings, messages: readonly Message[]): readonly ScriptReply<readonly ScriptedMessage[]>[];
  generate(settings: ScriptSettings, previous: ScriptedMessage): ScriptReply<ScriptedMessage>;
  text(settings: ScriptSettings, messages: readonly Message[]): readonly ScriptReply<string>[];
  /** @param extraMetadata added to the metadata the script sees, one entry a message */
  json(
    settings: ScriptSettings,
    messages: readonly Message[],
    extraMetadata?: readonly Readonly<Record<string, string>>[],
  ): readonly ScriptReply<JsonValue>[];
}

/** Sends commands to devices. */
export interface RpcService {
  /** @throws RPC_DEVICE_UNREACHABLE, RPC_TIMEOUT, RPC_REQUEST_INVALID */
  call(message: Message, options: { readonly timeoutMs: number }): Promise<{ readonly text: string }>;
}

/** Writes to the server's log under the node's name. */
export interface LogService {
  info(text: string): void;
}

/** Everything a node may declare in `needs`. Nothing undeclared is in reach. */
export interface Services {
  readonly timeSeries: TimeSeriesService;
  readonly attributes: AttributesService;
  readonly alarms: AlarmsService;
  readonly scripts: ScriptsService;
  readonly rpc: RpcService;
  readonly log: LogService;
}
export type Need = keyof Services;
