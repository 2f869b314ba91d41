import { newQuickJSWASMModuleFromVariant, RELEASE_SYNC, type QuickJSWASMModule } from 'quickjs-emscripten';
import { SPARE_INSTANCES } from './limits.js';

/**
 * The WebAssembly instance all scripts of an engine run in, and spares. A script that exhausts the stack of
 * the machine below the interpreter breaks the instance; then the next spare takes its place at once.
 */
export class InstancePool {
  readonly #spares: QuickJSWASMModule[];
  #current: QuickJSWASMModule | undefined;
  #isClosed = false;

  private constructor(instances: QuickJSWASMModule[]) {
    this.#spares = instances;
    this.#current = this.#spares.pop();
  }

  static async open(): Promise<InstancePool> {
    return new InstancePool(await Promise.all(Array.from({ length: 1 + SPARE_INSTANCES }, newInstance)));
  }

  /** The instance in use; undefined while a lost one has no successor yet. */
  get current(): QuickJSWASMModule | undefined {
    this.#current ??= this.#spares.pop();
    return this.#current;
  }

  /** Says that an instance is broken. Those who held it make their sandboxes again in `current`. */
  lost(instance: QuickJSWASMModule): void {
    if (this.#current !== instance) return;
    this.#current = this.#spares.pop();
    void newInstance().then((made) => {
      if (!this.#isClosed) this.#spares.push(made);
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#spares.length = 0;
    this.#current = undefined;
  }
}

function newInstance(): Promise<QuickJSWASMModule> {
  return newQuickJSWASMModuleFromVariant(RELEASE_SYNC);
}
