import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten';
import type { ScriptPlace } from './script-place.js';

/** What the sandbox must know of a script before it runs. */
export interface ProgramFacts {
  /** False where the script cannot look at the argument, so that it need not be made. */
  readonly readsMessage: boolean;
  readonly readsMetadata: boolean;
  readonly readsType: boolean;
  /** True where one function may serve all messages: the script cannot get hold of it, and leaves no variable behind. */
  readonly isReusable: boolean;
}

/** Tells what an error of the sandbox means for the user's text. */
export interface ErrorReader {
  placeOf(stack: string): ScriptPlace;
  reasonOf(reason: string): string;
}

/** A checked script of some language, ready to be started in sandboxes. */
export interface ScriptProgram {
  readonly facts: ProgramFacts;
  readonly errors: ErrorReader;
  /** How much memory it takes at rest, in that of a script in JavaScript. */
  readonly weight: number;
  /** The text of a message as the sandbox reads it. */
  prepare(messageText: string): string;
  /** The JSON of a value as the sandbox printed it, put right. */
  restore(json: string): string;
  /**
   * Compiles the script in a sandbox whose built-ins are guarded.
   *
   * @param bigInt for code that is not the user's
   * @throws SCRIPT_COMPILE_FAILED; any other error means that the instance is broken
   */
  start(context: QuickJSContext, bigInt: QuickJSHandle): StartedProgram;
}

export interface StartedProgram {
  /** A function that makes the script's function of `(message, metadata, type)`. */
  readonly create: QuickJSHandle;
  /** How messages are read and printed, see sandbox-source.ts; undefined as JavaScript does it. */
  readonly language: QuickJSHandle;
}
