import { newQuickJSWASMModuleFromVariant, newVariant, RELEASE_SYNC, type QuickJSWASMModule } from 'quickjs-emscripten';
import { INSTANCE_BYTES_MAX, SANDBOXES_PER_INSTANCE_MAX, SPARE_INSTANCES } from './limits.js';

/** One WebAssembly instance with a memory of its own, and the sandboxes in it. */
export interface Instance {
  readonly quickJs: QuickJSWASMModule;
  readonly memory: { readonly buffer: ArrayBuffer };
  /** True once it broke or filled up: its sandboxes must be made anew elsewhere. */
  isLost: boolean;
  /** The weights of the scripts in it. */
  load: number;
}

/**
 * The instances scripts run in, and spares, because making one takes an asynchronous step and scripts run
 * synchronously. A script that exhausts the stack below the interpreter, or all memory, costs the instance; its
 * memory goes back to the system, and the next spare takes its place at once.
 */
export class InstancePool {
  readonly #spares: Instance[];
  #current: Instance | undefined;
  #isClosed = false;

  private constructor(instances: Instance[]) {
    this.#spares = instances;
    this.#current = this.#spares.pop();
  }

  static async open(): Promise<InstancePool> {
    return new InstancePool(await Promise.all(Array.from({ length: 1 + SPARE_INSTANCES }, newInstance)));
  }

  /** Where the next sandbox goes; undefined while lost instances have no successor yet. */
  take(): Instance | undefined {
    const isFull = this.#current !== undefined && this.#current.load >= SANDBOXES_PER_INSTANCE_MAX;
    if (this.#current === undefined || this.#current.isLost || (isFull && this.#spares.length > 0)) {
      this.#current = this.#spares.pop();
      this.#refill();
    }
    return this.#current;
  }

  /** Says that an instance is broken. */
  lost(instance: Instance): void {
    instance.isLost = true;
    if (this.#current === instance) this.take();
  }

  /** Says that an instance keeps memory it does not need any more. It still works, so it goes only where no spare is missing. */
  retire(instance: Instance): void {
    if (this.#spares.length === SPARE_INSTANCES) this.lost(instance);
  }

  close(): void {
    this.#isClosed = true;
    this.#spares.length = 0;
    this.#current = undefined;
  }

  #refill(): void {
    if (this.#isClosed) return;
    void newInstance().then((made) => {
      if (!this.#isClosed) this.#spares.push(made);
    });
  }
}

/** True once the memory has grown as far as it may; it never shrinks again. */
export function isGrownOut({ memory }: Instance): boolean {
  // The last steps of growth are larger than what is left, so it ends a little before the maximum.
  return memory.buffer.byteLength > INSTANCE_BYTES_MAX * 0.9;
}

const PAGE_BYTES = 65_536;

// Node has it, its type declarations do not.
const { Memory } = (globalThis as unknown as { readonly WebAssembly: { readonly Memory: MemoryConstructor } }).WebAssembly;
type MemoryConstructor = new (limits: { initial: number; maximum: number }) => Instance['memory'];

async function newInstance(): Promise<Instance> {
  // 256 pages are what the module was compiled for; untouched ones cost nothing.
  const memory = new Memory({ initial: 256, maximum: INSTANCE_BYTES_MAX / PAGE_BYTES });
  const quickJs = await newQuickJSWASMModuleFromVariant(newVariant(RELEASE_SYNC, { wasmMemory: memory }));
  return { quickJs, memory, isLost: false, load: 0 };
}
