import type { Problem } from '@fieldline/kernel';
import type { JsonValue } from '@fieldline/model';

/** What a script is for: decides its arguments and what it may return (rule-engine.md §12.1). */
export type ScriptKind = 'filter' | 'switch' | 'update' | 'generate' | 'string' | 'json';
export type ScriptLanguage = 'JS' | 'TBEL';

export interface ScriptSource {
  readonly kind: ScriptKind;
  readonly language: ScriptLanguage;
  /** The inside of a function; at most 50,000 characters. */
  readonly body: string;
}

/** Arguments of one call. `messageText` is JSON. */
export interface ScriptInput {
  readonly messageText: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly messageType: string;
}

/** One message as a script of kind `update` or `generate` made it; absent parts are unchanged. */
export interface ScriptMessage {
  /** JSON text. */
  readonly messageText?: string | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly messageType?: string | undefined;
}

/** What a call gave, checked against the kind. */
export type ScriptResult =
  | { readonly kind: 'filter'; readonly value: boolean }
  | { readonly kind: 'switch'; readonly value: readonly string[] }
  | { readonly kind: 'update' | 'generate'; readonly value: readonly ScriptMessage[] }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'json'; readonly value: JsonValue };

export type ScriptAnswer = { readonly result: ScriptResult } | { readonly problem: Problem };

/** A compiled script with a sandbox of its own. */
export interface CompiledScript {
  /** Calls the script once for each input, in order: one answer each. One input's failure never touches another. */
  run(inputs: readonly ScriptInput[]): readonly ScriptAnswer[];
  dispose(): void;
}

export interface ScriptEngine {
  /**
   * @throws SCRIPT_COMPILE_FAILED, SCRIPT_EMPTY, SCRIPT_TOO_LONG, SCRIPT_WORD_FORBIDDEN  never retry
   * @throws SCRIPT_SANDBOX_LOST  retry later
   */
  compile(source: ScriptSource): CompiledScript;
  dispose(): void;
}
