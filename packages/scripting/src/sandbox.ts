import type { ScriptKind } from '@fieldline/ports';
import type { QuickJSContext, QuickJSHandle, QuickJSRuntime, QuickJSWASMModule } from 'quickjs-emscripten';
import { STACK_BYTES_MAX } from './limits.js';
import { sandboxSource } from './sandbox-source.js';
import type { ScriptProgram } from './script-program.js';

export interface SandboxOptions {
  readonly kind: ScriptKind;
  readonly program: ScriptProgram;
  readonly monotonicMs: () => number;
}

/** What became of a call into the sandbox. After all but `answered` the sandbox must not be used again. */
export type CallResult =
  | { readonly kind: 'answered'; readonly text: string }
  | { readonly kind: 'timed-out' | 'out-of-memory'; readonly index: number }
  /** The WebAssembly instance itself is broken, with every sandbox in it. */
  | { readonly kind: 'lost'; readonly index: number };

/** One runtime and one context with one compiled script: own heap, own stack, no way out. */
export class Sandbox {
  readonly #options: SandboxOptions;
  readonly #runtime: QuickJSRuntime;
  readonly #context: QuickJSContext;
  readonly #run: QuickJSHandle;
  readonly #progress: QuickJSHandle;
  #index = 0;
  #indexSinceMs = 0;
  #deadlineMs = 0;
  #isRunning = false;
  #hasTimedOut = false;

  /** @throws SCRIPT_COMPILE_FAILED; any other error means that the instance is broken */
  constructor(instance: QuickJSWASMModule, options: SandboxOptions) {
    this.#options = options;
    this.#runtime = instance.newRuntime();
    this.#runtime.setMaxStackSize(STACK_BYTES_MAX);
    this.#context = this.#runtime.newContext();
    this.#runtime.setInterruptHandler(() => this.#isOverdue());
    [this.#run, this.#progress] = this.#start();
  }

  /** Runs one batch, as frame.ts writes it; each message of it may take as long as the deadline. */
  call(batch: string, deadlineMs: number): CallResult {
    this.#deadlineMs = deadlineMs;
    this.#index = 0;
    this.#indexSinceMs = this.#options.monotonicMs();
    this.#hasTimedOut = false;
    this.#isRunning = true;
    try {
      using argument = this.#context.newString(batch);
      const result = this.#context.callFunction(this.#run, this.#context.undefined, argument);
      if (result.error === undefined) {
        using answer = result.value;
        return { kind: 'answered', text: this.#context.getString(answer) };
      }
      result.error.dispose();
      const index = this.#currentIndex();
      return { kind: this.#hasTimedOut ? 'timed-out' : 'out-of-memory', index };
    } catch {
      // A trap of WebAssembly (its stack, in practice) leaves the instance in the middle of something.
      return { kind: 'lost', index: this.#indexAfterTrap() };
    } finally {
      this.#isRunning = false;
    }
  }

  /** Gives the heap back. Throws where the instance is broken. */
  dispose(): void {
    this.#run.dispose();
    this.#progress.dispose();
    this.#context.dispose();
    this.#runtime.dispose();
  }

  #start(): [QuickJSHandle, QuickJSHandle] {
    const { kind, program } = this.#options;
    const context = this.#context;
    // The guarded sandbox takes it from scripts.
    using bigInt = context.getProp(context.global, 'BigInt');
    using boot = context.unwrapResult(context.evalCode(sandboxSource, 'sandbox.js'));
    const started = program.start(context, bigInt);
    using create = started.create;
    using language = started.language;
    using kindText = context.newString(kind);
    const flag = (value: boolean): QuickJSHandle => (value ? context.true : context.false);
    const made = context.callFunction(
      boot,
      context.undefined,
      kindText,
      create,
      ...[program.facts.readsMessage, program.facts.readsMetadata, program.facts.isReusable].map(flag),
      language,
    );
    using pair = context.unwrapResult(made);
    return [context.getProp(pair, 0), context.getProp(pair, 1)];
  }

  /** Asked by the interpreter every 10,000 steps. The clock of a message starts when it is first seen here. */
  #isOverdue(): boolean {
    if (!this.#isRunning) return false;
    const nowMs = this.#options.monotonicMs();
    const index = this.#currentIndex();
    if (index !== this.#index) {
      this.#index = index;
      this.#indexSinceMs = nowMs;
    }
    this.#hasTimedOut = nowMs - this.#indexSinceMs > this.#deadlineMs;
    return this.#hasTimedOut;
  }

  #indexAfterTrap(): number {
    try {
      return this.#currentIndex();
    } catch {
      return this.#index;
    }
  }

  #currentIndex(): number {
    using bytes = this.#context.getArrayBuffer(this.#progress);
    return new DataView(bytes.value.buffer, bytes.value.byteOffset, 4).getInt32(0, true);
  }
}
