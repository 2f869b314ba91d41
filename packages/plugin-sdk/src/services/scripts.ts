import type { Problem } from '@fieldline/kernel';
import type { JsonValue, Message } from '@fieldline/model';

/** The script fields of a node's settings, as ThingsBoard names them. */
export interface ScriptSettings {
  readonly scriptLang?: 'TBEL' | 'JS' | null | undefined;
  readonly jsScript?: string | null | undefined;
  readonly tbelScript?: string | null | undefined;
}

/** One call's answer: a value of the asked type, or the problem. */
export type ScriptReply<T> = { readonly value: T } | { readonly problem: Problem };

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
