import type { Complain } from '../complaint.js';
import { emitted, type Emitted } from './emitted.js';
import { Scope } from './scope.js';

export interface UserFunction {
  readonly parameters: readonly string[];
}

/** The state of one compilation: what is visible, and what the code so far needs around it. */
export class Emitter {
  readonly complain: Complain;
  readonly functions: ReadonlyMap<string, UserFunction>;
  /** Arguments of the script that it looks at. */
  readonly readArguments = new Set<string>();
  /** Names of the runtime that the code uses, and expressions made once, in the order of their numbers. */
  readonly used = new Set<string>();
  readonly constants: string[] = [];
  scope: Scope;
  /** How many loops and switches are around, so that `break` has something to end. */
  breakables = 0;
  #temporaries = 0;
  #temporariesMax = 0;
  #numbers = 0;

  constructor(complain: Complain, scope: Scope, functions: ReadonlyMap<string, UserFunction>) {
    this.complain = complain;
    this.scope = scope;
    this.functions = functions;
  }

  /** The local name of something of the runtime. */
  use(name: string): string {
    this.used.add(name);
    return name.replace(/\./g, '$');
  }

  /** A value that is made once for all calls. */
  constant(code: string): string {
    const known = this.constants.indexOf(code);
    if (known < 0) this.constants.push(code);
    return `c${known < 0 ? this.constants.length - 1 : known}`;
  }

  /** A variable for a value in the middle of a statement; the next statement may use it again. */
  temporary(): string {
    const name = `t${this.#temporaries}`;
    this.#temporaries += 1;
    this.#temporariesMax = Math.max(this.#temporariesMax, this.#temporaries);
    return name;
  }

  /** A number for names that must differ from all others. */
  number(): number {
    this.#numbers += 1;
    return this.#numbers;
  }

  /** Lets the statement that begins use the temporaries of the one before. */
  beginStatement(): void {
    this.#temporaries = 0;
  }

  /** Emits a function: its temporaries are its own. */
  inFunction(scope: Scope, emit: () => string): string {
    const before = [this.scope, this.#temporaries, this.#temporariesMax, this.breakables] as const;
    [this.scope, this.#temporaries, this.#temporariesMax, this.breakables] = [scope, 0, 0, 0];
    const body = emit();
    const names = Array.from({ length: this.#temporariesMax }, (_, place) => `t${place}`);
    [this.scope, this.#temporaries, this.#temporariesMax, this.breakables] = before;
    return names.length === 0 ? body : `let ${names.join(',')};${body}`;
  }

  /** Emits in a block of its own; the variables it declares stand at its head. */
  inBlock(emit: () => string, isOwner = false): string {
    const outer = this.scope;
    this.scope = new Scope(outer, [], isOwner);
    const body = emit();
    const head = this.scope.head();
    this.scope = outer;
    return head + body;
  }

  /** Keeps a value in a temporary unless it may be written twice. */
  kept(value: Emitted): Emitted {
    if (value.isSimple) return value;
    const name = this.temporary();
    const { before, code, kind, isPlainNumber } = value;
    return emitted(name, kind, { before: [...before, `${name}=${code}`], isPlainNumber, isSimple: true });
  }
}
