import type { Complain } from './complaint.js';
import type { NumberKind } from './syntax.js';

export type Token =
  | { readonly kind: 'name' | 'mark' | 'text' | 'end'; readonly text: string; readonly at: number; readonly end: number }
  | { readonly kind: 'number'; readonly number: NumberKind; readonly text: string; readonly at: number; readonly end: number };

/** Cuts a script into tokens; comments and white space go. The last token is always `end`. */
export function tokensOf(source: string, complain: Complain): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at = afterBlanks(source, at, complain);
    if (at >= source.length) break;
    const token = tokenAt(source, at, complain);
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: 'end', text: '', at: source.length, end: source.length });
  return tokens;
}

const BLANK = /(?:[\s\uFEFF]+|\/\/[^\n\r]*)*/y;

function afterBlanks(source: string, from: number, complain: Complain): number {
  let at = from;
  for (;;) {
    BLANK.lastIndex = at;
    BLANK.exec(source);
    at = BLANK.lastIndex;
    if (!source.startsWith('/*', at)) return at;
    const end = source.indexOf('*/', at + 2);
    if (end < 0) complain('a comment is not closed', at);
    at = end + 2;
  }
}

const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
// Longer marks first. Some are there only to be refused under their own name.
const MARK =
  /===|!==|>>>=|>>>|<<=|>>=|\*\*|==|!=|<=|>=|&&|\|\||\+\+|--|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|<<|>>|~=|=>|\?\?|\.\?|\?:|\.\.\.|[-+*/%<>=!~&|^?:;,.()[\]{}#]/y;

function tokenAt(source: string, at: number, complain: Complain): Token {
  const char = source.charAt(at);
  if (char === '"' || char === "'") return textAt(source, at, complain);
  if (/\d/.test(char) || (char === '.' && /\d/.test(source.charAt(at + 1)))) return numberAt(source, at, complain);
  for (const [kind, pattern] of [
    ['name', NAME],
    ['mark', MARK],
  ] as const) {
    pattern.lastIndex = at;
    const text = pattern.exec(source)?.[0];
    if (text !== undefined) return { kind, text, at, end: at + text.length };
  }
  return complain(`the character ${JSON.stringify(String.fromCodePoint(source.codePointAt(at) ?? 0))} has no meaning here`, at);
}

const NUMBER = /0[xX]([\da-fA-F]+)|(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d+))?/y;

function numberAt(source: string, at: number, complain: Complain): Token {
  NUMBER.lastIndex = at;
  const match = NUMBER.exec(source);
  const [written = '', hex, decimal = '', exponent] = match ?? [];
  let end = at + written.length;
  const suffix = hex === undefined || /[lL]/.test(source.charAt(end)) ? /[lLfFdDB]/.exec(source.charAt(end))?.[0]?.toLowerCase() : undefined;
  if (suffix !== undefined) end += 1;
  // `5.foo` would be a property of a number without a name for it.
  if (/[\p{L}\d_$]/u.test(source.charAt(end))) complain(`"${/[\p{L}\p{N}_$.]+/u.exec(source.slice(at))?.[0] ?? ''}" is no number`, at);
  const isFractional = hex === undefined && (decimal.includes('.') || exponent !== undefined);
  const kinds = { l: 'long', f: 'float', d: 'double', b: 'decimal' } as const;
  const number: NumberKind = suffix === undefined ? (isFractional ? 'double' : 'whole') : kinds[suffix as keyof typeof kinds];
  if (number === 'long' && isFractional) complain(`"${written}" has a fraction, so it cannot be a long`, at);
  return { kind: 'number', number, text: number === 'whole' || number === 'long' ? wholeOf(written, hex, complain, at) : written, at, end };
}

/** Decimal digits of a whole number; a leading zero means octal, as in Java. */
function wholeOf(written: string, hex: string | undefined, complain: Complain, at: number): string {
  const isOctal = hex === undefined && /^0\d/.test(written);
  if (isOctal && /[89]/.test(written)) complain(`"${written}" begins with 0, so it is octal, and has a digit that octal numbers do not have`, at);
  if (written.length > DIGITS_MAX) complain(`the number has more than ${DIGITS_MAX} digits`, at);
  const value = BigInt(isOctal ? `0o${written}` : written);
  if (value > LONG_MAX && (hex === undefined || value > LONG_BITS)) complain(`the number ${written} is larger than a long`, at);
  return String(hex === undefined ? value : BigInt.asIntN(64, value));
}

const LONG_MAX = 2n ** 63n - 1n;
const LONG_BITS = 2n ** 64n - 1n;
const DIGITS_MAX = 100;

const PLAIN = /[^\\"'\n\r]+/y;
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '\\': '\\', "'": "'", '"': '"' };

function textAt(source: string, at: number, complain: Complain): Token {
  const quote = source.charAt(at);
  let text = '';
  let end = at + 1;
  for (;;) {
    PLAIN.lastIndex = end;
    const plain = PLAIN.exec(source)?.[0] ?? '';
    text += plain;
    end += plain.length;
    const char = source.charAt(end);
    if (char === quote) return { kind: 'text', text, at, end: end + 1 };
    if (char === '' || char === '\n' || char === '\r') complain('a text is not closed in its line', at);
    const escape = char === '\\' ? /^\\(?:u([\da-fA-F]{4})|([0-7]{1,3})|(.))/s.exec(source.slice(end, end + 6)) : null;
    if (escape === null && char === '\\') complain('a text ends with a backslash', end);
    const plainEscape = escape?.[3] === undefined ? undefined : (escapes[escape[3]] ?? complain(`\\${escape[3]} is no escape of a text`, end));
    const code = escape?.[1] === undefined ? parseInt(escape?.[2] ?? '', 8) : parseInt(escape[1], 16);
    text += escape === null ? char : (plainEscape ?? String.fromCharCode(code));
    end += escape === null ? 1 : escape[0].length;
  }
}
