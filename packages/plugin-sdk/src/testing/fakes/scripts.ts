import { problemOf } from '@fieldline/kernel';
import type { JsonValue } from '@fieldline/model';
import type { ScriptCompiler, ScriptProgramAnswer, ScriptProgramInput } from '../../host/script-binding.js';
import { refused } from './problem.js';

/** What stands in for a script body: gets the parsed message and returns what the body would. */
export type ScriptStandIn = (msg: JsonValue, metadata: Readonly<Record<string, string>>, msgType: string) => unknown;

/**
 * A script engine for tests of nodes that want a decided answer, not JavaScript: each body named here is
 * answered by a function. A body that is not named does not compile; a function that throws fails its message.
 * Answers are taken as the script engine would give them after its checks.
 */
export function scriptStandIns(bodies: Readonly<Record<string, ScriptStandIn>>): ScriptCompiler {
  return {
    compile({ kind, body }) {
      const standIn = bodies[body];
      if (standIn === undefined) throw refused('SCRIPT_COMPILE_FAILED', `The test names no stand-in for "${body}".`);
      const answer = ({ messageText, metadata, messageType }: ScriptProgramInput): ScriptProgramAnswer => {
        try {
          return { result: { kind, value: checked(kind, standIn(JSON.parse(messageText) as JsonValue, metadata, messageType)) } };
        } catch (error) {
          const text = error instanceof Error ? error.message : String(error);
          return { problem: problemOf(refused('SCRIPT_FAILED', text)) };
        }
      };
      return { run: (inputs) => inputs.map(answer), dispose: () => undefined };
    },
  };
}

/** Turns what the body returned into the engine's form; `update` and `generate` return `{msg?, metadata?, msgType?}`. */
function checked(kind: string, value: unknown): unknown {
  if (kind === 'switch') return Array.isArray(value) ? value : [value];
  if (kind !== 'update' && kind !== 'generate') return value;
  return (Array.isArray(value) ? value : [value]).map((part: { msg?: JsonValue; metadata?: Record<string, string>; msgType?: string }) => ({
    messageText: part.msg === undefined ? undefined : JSON.stringify(part.msg),
    metadata: part.metadata,
    messageType: part.msgType,
  }));
}
