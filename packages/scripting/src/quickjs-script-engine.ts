import type { Clock } from '@fieldline/kernel';
import type { CompiledScript, ScriptEngine, ScriptSource } from '@fieldline/ports';
import { QuickJsScript } from './compiled-script.js';
import { InstancePool } from './instance-pool.js';
import { DEADLINE_MS } from './limits.js';

export interface QuickJsScriptEngineOptions {
  /** `nowMs` is what scripts see as the time; `monotonicMs` measures their deadline. */
  readonly clock: Clock;
  /** Seeds `Math.random` of scripts: 0 <= x < 1. */
  readonly random: () => number;
  /** How long one message may keep a script busy. 2000 by default. */
  readonly deadlineMs?: number | undefined;
}

/**
 * Runs user scripts in QuickJS compiled to WebAssembly: a heap of its own for each script, no host objects, a
 * deadline for each message, a batch for each call (design.md §5).
 */
export async function quickJsScriptEngine(options: QuickJsScriptEngineOptions): Promise<ScriptEngine> {
  const pool = await InstancePool.open();
  const scripts = new Set<CompiledScript>();
  const { clock, random, deadlineMs = DEADLINE_MS } = options;
  return {
    compile(source: ScriptSource): CompiledScript {
      const script = new QuickJsScript(source, { pool, clock, random, deadlineMs });
      scripts.add(script);
      return {
        run: (inputs) => script.run(inputs),
        dispose: () => {
          script.dispose();
          scripts.delete(script);
        },
      };
    },
    dispose(): void {
      for (const script of scripts) script.dispose();
      scripts.clear();
      pool.close();
    },
  };
}
