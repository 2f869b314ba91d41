import type { ScriptAnswer, ScriptInput, ScriptSource } from '@fieldline/ports';

// What crosses between the main thread and the script thread. Plain data only.

export interface ToScripts {
  readonly id: number;
  readonly source: ScriptSource;
  readonly input: ScriptInput;
}

export interface FromScripts {
  readonly id: number;
  readonly answer: ScriptAnswer;
}

/** What the main thread gives the script thread when it starts it. */
export interface ScriptThreadData {
  readonly deadlineMs: number;
}
