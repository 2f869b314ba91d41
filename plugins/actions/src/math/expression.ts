import { mathErrors } from './errors.js';

/** Longest function. Longer ones belong into a script. */
export const EXPRESSION_LENGTH_MAX = 256;

/** Computes a function from the values of its variables, in the order in which they were named. */
export type Expression = (values: readonly number[]) => number;

type Fixed = { readonly count: 1; readonly apply: (x: number) => number } | { readonly count: 2; readonly apply: (a: number, b: number) => number };

const one = (apply: (x: number) => number): Fixed => ({ count: 1, apply });
const two = (apply: (a: number, b: number) => number): Fixed => ({ count: 2, apply });

const functions: ReadonlyMap<string, Fixed> = new Map([
  ['abs', one(Math.abs)],
  ['acos', one(Math.acos)],
  ['asin', one(Math.asin)],
  ['atan', one(Math.atan)],
  ['cbrt', one(Math.cbrt)],
  ['ceil', one(Math.ceil)],
  ['cos', one(Math.cos)],
  ['cosh', one(Math.cosh)],
  ['cot', one((x) => divided(1, Math.tan(x)))],
  ['exp', one(Math.exp)],
  ['expm1', one(Math.expm1)],
  ['floor', one(Math.floor)],
  ['lg', one(Math.log10)],
  ['ln', one(Math.log)],
  ['log', one(Math.log)],
  ['log10', one(Math.log10)],
  ['log1p', one(Math.log1p)],
  ['log2', one(Math.log2)],
  ['logab', two((base, x) => Math.log(x) / Math.log(base))],
  ['pow', two((a, b) => a ** b)],
  ['signum', one(Math.sign)],
  ['sin', one(Math.sin)],
  ['sinh', one(Math.sinh)],
  ['sqrt', one(Math.sqrt)],
  ['tan', one(Math.tan)],
  ['tanh', one(Math.tanh)],
]);

const constants: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['π', Math.PI],
  ['e', Math.E],
  ['φ', 1.618_033_988_74],
]);

/**
 * Reads a function as exp4j does, the library of ThingsBoard: `+ - * / % ^`, with `2a` and `(a)(b)` for products. A power binds
 * closer than the sign before it, and two of them from right to left.
 *
 * @throws MATH_EXPRESSION_INVALID; the function itself throws MATH_DIVISION_BY_ZERO
 */
export function parseExpression(text: string, variables: readonly string[]): Expression {
  return new Parser(text, variables).parse();
}

class Parser {
  readonly #text: string;
  readonly #variables: readonly string[];
  #at = 0;

  constructor(text: string, variables: readonly string[]) {
    this.#text = text;
    this.#variables = variables;
  }

  parse(): Expression {
    if (this.#text.length > EXPRESSION_LENGTH_MAX) this.#fail(`it is longer than ${EXPRESSION_LENGTH_MAX} characters`);
    const expression = this.#sum();
    if (this.#peek() !== '') this.#fail('nothing was expected here');
    return expression;
  }

  #sum(): Expression {
    let left = this.#product();
    for (;;) {
      const [before, sign] = [left, this.#taken('+-')];
      if (sign === '') return left;
      const right = this.#product();
      left = sign === '+' ? (values) => before(values) + right(values) : (values) => before(values) - right(values);
    }
  }

  #product(): Expression {
    let left = this.#signed();
    for (;;) {
      const before = left;
      const sign = this.#taken('*/%');
      if (sign === '' && !this.#isFactor()) return left;
      const right = this.#signed();
      if (sign === '/') left = (values) => divided(before(values), right(values));
      else if (sign === '%') left = (values) => remainder(before(values), right(values));
      else left = (values) => before(values) * right(values);
    }
  }

  #signed(): Expression {
    const sign = this.#taken('+-');
    if (sign === '') return this.#power();
    const operand = this.#signed();
    return sign === '+' ? operand : (values) => -operand(values);
  }

  #power(): Expression {
    const base = this.#value();
    if (this.#taken('^') === '') return base;
    const exponent = this.#signed();
    return (values) => base(values) ** exponent(values);
  }

  #value(): Expression {
    if (this.#taken(OPEN) !== '') return this.#inside();
    const number = this.#match(NUMBER);
    if (number === undefined) return this.#named();
    if (/[\d.]/.test(this.#peek())) this.#fail('an operator between two numbers is missing');
    const value = Number(number);
    return () => value;
  }

  /** A variable, a constant or a function: the longest name that the letters begin with. */
  #named(): Expression {
    this.#peek();
    const letters = NAME.exec(this.#text.slice(this.#at))?.[0] ?? this.#fail('a value is missing');
    for (let length = letters.length; length > 0; length -= 1) {
      const name = letters.slice(0, length);
      const place = this.#variables.indexOf(name);
      const constant = constants.get(name);
      const known = functions.get(name);
      if (place < 0 && constant === undefined && known === undefined) continue;
      this.#at += length;
      if (place >= 0) return (values) => values[place] ?? Number.NaN;
      return known === undefined ? () => constant ?? Number.NaN : this.#call(name, known);
    }
    return this.#fail(`"${letters}" is neither an argument nor a function`);
  }

  #call(name: string, { count, apply }: Fixed): Expression {
    if (this.#taken(OPEN) === '') this.#fail(`"(" behind ${name} is missing`);
    const first = this.#sum();
    if (count === 1) {
      this.#close();
      return (values) => apply(first(values));
    }
    if (this.#taken(',') === '') this.#fail(`${name} takes two values`);
    const second = this.#inside();
    return (values) => apply(first(values), second(values));
  }

  #inside(): Expression {
    const expression = this.#sum();
    this.#close();
    return expression;
  }

  #close(): void {
    if (this.#taken(CLOSE) === '') this.#fail('a parenthesis is not closed');
  }

  /** The next character that is no blank, which it goes to; empty at the end. */
  #peek(): string {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at += 1;
    return this.#text.charAt(this.#at);
  }

  /** True where a value follows without a sign before it, which makes a product. */
  #isFactor(): boolean {
    const next = this.#peek();
    return next !== '' && (OPEN.includes(next) || NAME.test(next) || /[\d.]/.test(next));
  }

  /** Passes over the next character and returns it, where it is one of these. */
  #taken(characters: string): string {
    const next = this.#peek();
    if (next === '' || !characters.includes(next)) return '';
    this.#at += 1;
    return next;
  }

  #match(pattern: RegExp): string | undefined {
    this.#peek();
    const found = pattern.exec(this.#text.slice(this.#at))?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #fail(reason: string): never {
    throw mathErrors.EXPRESSION_INVALID({ expression: this.#text, place: this.#at + 1, reason });
  }
}

function divided(a: number, b: number): number {
  if (b === 0) throw mathErrors.DIVISION_BY_ZERO();
  return a / b;
}

function remainder(a: number, b: number): number {
  if (b === 0) throw mathErrors.DIVISION_BY_ZERO();
  return a % b;
}

const OPEN = '([{';
const CLOSE = ')]}';
const NUMBER = /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/;
const NAME = /^[\p{L}_][\p{L}\p{N}_.]*/u;
