import { epochMs, type Clock } from '@fieldline/kernel';
import type { ScriptAnswer, ScriptInput, ScriptKind, ScriptLanguage } from '@fieldline/ports';
import { afterAll, beforeAll } from 'vitest';
import { quickJsScriptEngine } from './quickjs-script-engine.js';

export const START_MS = 1_700_000_000_000;

/** A clock that a look moves on by one millisecond: a script that never ends then ends after as many looks as its deadline has. */
export function lookingClock(): Clock & { advanceMs(ms: number): void } {
  let ms = 0;
  return {
    nowMs: () => epochMs(START_MS + ms),
    monotonicMs: () => (ms += 1),
    after: () => () => undefined,
    advanceMs: (by) => void (ms += by),
  };
}

export function input(data: unknown = {}, metadata: Record<string, string> = {}, messageType = 'POST_TELEMETRY_REQUEST'): ScriptInput {
  return { messageText: JSON.stringify(data), metadata, messageType };
}

/** Declares an engine for the tests of a file. `run` compiles a body and gives the answers in a short form. */
export function engineFixture(deadlineMs = 50, language: ScriptLanguage = 'JS') {
  const clock = lookingClock();
  let opened: Awaited<ReturnType<typeof quickJsScriptEngine>> | undefined;
  beforeAll(async () => {
    opened = await quickJsScriptEngine({ clock, random: () => 0.5, deadlineMs });
  });
  afterAll(() => opened?.dispose());
  const compile = (kind: ScriptKind, body: string) => {
    if (opened === undefined) throw new Error('The engine is opened by beforeAll.');
    return opened.compile({ kind, language, body });
  };
  const run = (kind: ScriptKind, body: string, inputs: readonly ScriptInput[] = [input()]): unknown[] => {
    const script = compile(kind, body);
    const answers = script.run(inputs);
    script.dispose();
    return answers.map(shortForm);
  };
  return { clock, compile, run, one: (kind: ScriptKind, body: string, given?: ScriptInput) => run(kind, body, [given ?? input()])[0] };
}

/** The value of an answer, or the code of its problem. */
export function shortForm(answer: ScriptAnswer): unknown {
  return 'result' in answer ? answer.result.value : answer.problem.code;
}
