// Walks the text of valid JSON without building values, so that a reader can see how a number was written.
// All functions here expect text that JSON.parse has accepted, and never recurse.

/**
 * Calls `visit` for each member of an object, in order, duplicates included.
 *
 * @param text valid JSON
 * @param at where the object begins; white space before it is allowed
 * @param visit gets the key and the span of the value, white space excluded
 */
export function forEachMember(text: string, at: number, visit: (key: string, from: number, to: number) => void): void {
  let next = skipSpace(text, skipSpace(text, at) + 1);
  while (text.charCodeAt(next) !== CLOSE_OBJECT && next < text.length) {
    const keyEnd = stringEnd(text, next);
    const from = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const to = valueEnd(text, from);
    visit(stringAt(text, next, keyEnd), from, to);
    next = skipSeparator(text, to);
  }
}

/** Calls `visit` with the span of each element of the array that begins at `at`, in order. */
export function forEachElement(text: string, at: number, visit: (from: number, to: number) => void): void {
  let next = skipSpace(text, skipSpace(text, at) + 1);
  while (text.charCodeAt(next) !== CLOSE_ARRAY && next < text.length) {
    const to = valueEnd(text, next);
    visit(next, to);
    next = skipSeparator(text, to);
  }
}

/** Calls `visit` with the span of each number, at any depth, until it returns false. */
export function everyNumber(text: string, visit: (from: number, to: number) => boolean): boolean {
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = stringEnd(text, at);
    else if (code === MINUS || isDigit(code)) {
      const to = scalarEnd(text, at);
      if (!visit(at, to)) return false;
      at = to;
    } else at += 1;
  }
  return true;
}

/** The same JSON without white space between its parts; numbers and strings stay as they were written. */
export function compactJson(text: string): string {
  if (!/\s/.test(text)) return text;
  let compact = '';
  for (let at = 0; at < text.length;) {
    const to = text.charCodeAt(at) === QUOTE ? stringEnd(text, at) : at + 1;
    if (!isSpace(text.charCodeAt(at))) compact += text.slice(at, to);
    at = to;
  }
  return compact;
}

/** The string whose quotes are at `from` and before `to`. */
export function stringAt(text: string, from: number, to: number): string {
  const inside = text.slice(from + 1, to - 1);
  return inside.includes('\\') ? (JSON.parse(text.slice(from, to)) as string) : inside;
}

/** Index of the first character from `at` on that is not white space. */
export function skipSpace(text: string, at: number): number {
  let next = at;
  while (isSpace(text.charCodeAt(next))) next += 1;
  return next;
}

function valueEnd(text: string, from: number): number {
  const code = text.charCodeAt(from);
  if (code === QUOTE) return stringEnd(text, from);
  if (code !== OPEN_OBJECT && code !== OPEN_ARRAY) return scalarEnd(text, from);
  let depth = 0;
  for (let at = from; at < text.length;) {
    const next = text.charCodeAt(at);
    if (next === QUOTE) {
      at = stringEnd(text, at);
      continue;
    }
    at += 1;
    if (next === OPEN_OBJECT || next === OPEN_ARRAY) depth += 1;
    else if (next === CLOSE_OBJECT || next === CLOSE_ARRAY) depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}

function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === QUOTE) return at + 1;
  }
  return text.length;
}

function scalarEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === COMMA || code === CLOSE_OBJECT || code === CLOSE_ARRAY || isSpace(code)) break;
    at += 1;
  }
  return at;
}

function skipSeparator(text: string, at: number): number {
  const next = skipSpace(text, at);
  return text.charCodeAt(next) === COMMA ? skipSpace(text, next + 1) : next;
}

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
