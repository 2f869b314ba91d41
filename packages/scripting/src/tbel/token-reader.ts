import { BRACKET_DEPTH_MAX } from '../limits.js';
import type { Complain } from './complaint.js';
import type { Token } from './lexer.js';

/** Where the parser is in the tokens. Every level of nesting passes `nested`, so no script can exhaust the stack. */
export class TokenReader {
  readonly complain: Complain;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], complain: Complain) {
    this.#tokens = tokens;
    this.complain = complain;
  }

  get token(): Token {
    return this.peek(0);
  }

  peek(ahead: number): Token {
    const token = this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)];
    return token ?? { kind: 'end', text: '', at: 0, end: 0 };
  }

  take(): Token {
    const token = this.token;
    this.#next += 1;
    return token;
  }

  /** True where the token is this mark or word. */
  is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.text === text && (token.kind === 'mark' || token.kind === 'name');
  }

  /** Takes this mark or word if it stands here. */
  skip(text: string): boolean {
    if (!this.is(text)) return false;
    this.#next += 1;
    return true;
  }

  expect(text: string, why: string): Token {
    if (!this.is(text)) this.complain(`"${text}" ${why}, but here is ${told(this.token)}`, this.token.at);
    return this.take();
  }

  expectName(what: string): Token {
    if (this.token.kind !== 'name') this.complain(`${what} is missing; here is ${told(this.token)}`, this.token.at);
    return this.take();
  }

  nested<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > BRACKET_DEPTH_MAX) this.complain(`it is nested more than ${BRACKET_DEPTH_MAX} deep`, this.token.at);
    const value = read();
    this.#depth -= 1;
    return value;
  }
}

/** How a token is called in an error. */
export function told(token: Token): string {
  if (token.kind === 'end') return 'the end of the script';
  return token.kind === 'text' ? 'a text' : `"${token.text.slice(0, 40)}"`;
}
