import { transformErrors } from '../errors.js';

/** Reads the text of a JSON path from left to right. */
export class Reader {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  get next(): string {
    return this.text.charAt(this.at);
  }

  skipSpace(): void {
    while (/\s/.test(this.next)) this.at += 1;
  }

  /** Passes over `expected` where it comes next. */
  takes(expected: string): boolean {
    if (!this.text.startsWith(expected, this.at)) return false;
    this.at += expected.length;
    return true;
  }

  expect(expected: string): void {
    if (!this.takes(expected)) this.fail(`"${expected}" is missing`);
  }

  /** Reads as far as a pattern (sticky) reaches; undefined where it does not fit here. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  /** A text in single or double quotes; a backslash takes the next character as it is, or as JSON does. */
  quoted(): string {
    const quote = this.next;
    let value = '';
    for (this.at += 1; this.next !== quote; this.at += 1) {
      if (this.isAtEnd) this.fail('a quote is not closed');
      if (this.next !== '\\') value += this.next;
      else value += this.#escaped();
    }
    this.at += 1;
    return value;
  }

  /** @throws TRANSFORM_PATH_INVALID */
  fail(reason: string): never {
    throw transformErrors.PATH_INVALID({ path: this.text, place: this.at + 1, reason });
  }

  #escaped(): string {
    this.at += 1;
    if (this.next !== 'u') return escapes[this.next] ?? this.next;
    const code = /^[0-9a-fA-F]{4}/.exec(this.text.slice(this.at + 1))?.[0];
    if (code === undefined) this.fail('\\u needs four digits');
    this.at += 4;
    return String.fromCharCode(Number.parseInt(code, 16));
  }
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
