import { problemOf } from '@fieldline/kernel';
import type { ScriptAnswer, ScriptEngine, ScriptInput, ScriptSource } from '@fieldline/ports';

/** Tries scripts out for people who write them. */
export interface ScriptTester {
  /** What the script gives for one message, or what is wrong with it. */
  test(source: ScriptSource, input: ScriptInput): Promise<ScriptAnswer>;
}

/** Compiles a script, calls it once and lets it go. */
export function testScript(engine: ScriptEngine, source: ScriptSource, input: ScriptInput): ScriptAnswer {
  try {
    const script = engine.compile(source);
    try {
      return script.run([input])[0] as ScriptAnswer;
    } finally {
      script.dispose();
    }
  } catch (error) {
    return { problem: problemOf(error) };
  }
}
