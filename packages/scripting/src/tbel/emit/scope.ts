/** The variables of a block. Those of a script are called `_name` in the code, so that none can hide what the code uses. */
export class Scope {
  readonly #outer: Scope | undefined;
  readonly #names: Set<string>;
  readonly #given: ReadonlySet<string>;
  readonly isOwner: boolean;
  /** How often a name turned out to be one of this block. */
  resolutions = 0;

  /**
   * @param given names that are there already: parameters
   * @param isOwner true where `var` makes a variable of this block even if one is visible from outside
   */
  constructor(outer: Scope | undefined, given: Iterable<string> = [], isOwner = true) {
    this.#outer = outer;
    this.isOwner = isOwner;
    this.#given = new Set(given);
    this.#names = new Set();
  }

  /** Makes a variable of this block, which hides one of the same name outside. */
  declare(name: string): string {
    if (!this.#given.has(name)) this.#names.add(name);
    return `_${name}`;
  }

  /** The variable in the code; undefined where nothing of the name is visible. */
  resolve(name: string): string | undefined {
    if (this.#given.has(name) || this.#names.has(name)) {
      this.resolutions += 1;
      return `_${name}`;
    }
    return this.#outer?.resolve(name);
  }

  /** True where the name stands for an argument of the script and not for a variable that hides it. */
  isGivenOutside(name: string): boolean {
    if (this.#names.has(name)) return false;
    return this.#outer === undefined ? this.#given.has(name) : !this.#given.has(name) && this.#outer.isGivenOutside(name);
  }

  /** The declarations of the names of this block. */
  head(): string {
    return this.#names.size === 0 ? '' : `let ${[...this.#names].map((name) => `_${name}`).join(',')};`;
  }
}
