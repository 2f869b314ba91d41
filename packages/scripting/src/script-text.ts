import type { ArgumentNames } from './argument-names.js';
import { BODY_CHARS_MAX, BRACKET_DEPTH_MAX } from './limits.js';
import { scriptErrors } from './errors.js';
import type { ProgramFacts } from './script-program.js';

/** What can be known of a script without running it. */
export interface ScriptFacts extends ProgramFacts {
  /** Variables the script assigns without declaring them; they become variables of the call. */
  readonly looseNames: readonly string[];
}

/**
 * Checks the text of a script as rule-engine.md §12.3 demands and collects what the sandbox wants to know.
 *
 * @throws SCRIPT_EMPTY, SCRIPT_TOO_LONG, SCRIPT_WORD_FORBIDDEN, SCRIPT_COMPILE_FAILED
 */
export function examine(body: string, [message, metadata, type]: ArgumentNames): ScriptFacts {
  if (body.trim() === '') throw scriptErrors.EMPTY();
  if (body.length > BODY_CHARS_MAX) throw scriptErrors.TOO_LONG({ chars: body.length });
  const code = withoutLiterals(body);
  const forbidden = FORBIDDEN.exec(code);
  if (forbidden !== null) throw scriptErrors.WORD_FORBIDDEN({ word: forbidden[0], ...placeOf(body, forbidden.index) });
  refuseDeepNesting(code, body);
  // An escape in a name could spell any argument; then both are made.
  const isPlain = !body.includes('\\u') && !/\barguments\b/.test(body);
  const looseNames = looseNamesOf(code, [message, metadata, type]);
  const reads = (name: string): boolean => !isPlain || new RegExp(`\\b${name}\\b`).test(body);
  return {
    looseNames,
    isReusable: isPlain && looseNames.length === 0,
    readsType: reads(type),
    readsMessage: reads(message),
    readsMetadata: reads(metadata),
  };
}

// The first four are ThingsBoard's. BigInt is ours: one multiplication of large ones runs for a third of a
// second without a point at which the deadline could end it.
const FORBIDDEN = /(?<![\w$])(?:async|await|Promise|setTimeout|BigInt|(?:0[xXoObB][\da-fA-F_]+|\d[\d_]*)n)(?![\w$])/;

/** Line and column, from 1, of an offset in a text. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}

function refuseDeepNesting(code: string, body: string): void {
  let depth = 0;
  for (let at = 0; at < code.length; at += 1) {
    const char = code[at];
    if (char === '(' || char === '[' || char === '{') depth += 1;
    else if (char === ')' || char === ']' || char === '}') depth -= 1;
    if (depth > BRACKET_DEPTH_MAX) {
      throw scriptErrors.COMPILE_FAILED({ reason: `brackets are nested more than ${BRACKET_DEPTH_MAX} deep`, ...placeOf(body, at) });
    }
  }
}

const ASSIGNED = /(?<![.\w$#])([A-Za-z_$][\w$]*)\s*(?:=(?![=>])|(?:[-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)=|\+\+|--)/g;
const INCREMENTED = /(?:\+\+|--)\s*([A-Za-z_$][\w$]*)/g;
const LOOPED = /\bfor\s*\(\s*([A-Za-z_$][\w$]*)\s+(?:in|of)\b/g;
const RESERVED = new Set(
  (
    'arguments break case catch class const continue debugger default delete do else enum eval export extends false finally for function if ' +
    'implements import in instanceof interface let new null package private protected public return static super switch this throw true try ' +
    'typeof var void while with yield undefined NaN Infinity globalThis Object Array String Number Boolean Math JSON Date ' +
    'RegExp Error TypeError RangeError SyntaxError Map Set WeakMap WeakSet Symbol Reflect Function parseInt parseFloat isNaN isFinite'
  ).split(' '),
);

/**
 * Names the script assigns to. ES5 scripts often forget `var`; the global object of the sandbox is frozen,
 * so such names are declared around the script's function. One too many does no harm: a declaration in the
 * script itself hides it.
 */
function looseNamesOf(code: string, given: readonly string[]): string[] {
  const names = new Set<string>();
  for (const pattern of [ASSIGNED, INCREMENTED, LOOPED]) {
    for (const match of code.matchAll(pattern)) {
      const name = match[1];
      if (name !== undefined && !RESERVED.has(name) && !given.includes(name)) names.add(name);
    }
  }
  return [...names];
}

const LITERAL = /\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|`(?:\\[\s\S]|[^`\\])*`?|\//g;
const REGEX = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[A-Za-z]*/y;

/** The script with comments, strings, templates and regular expressions blanked out; offsets stay. */
function withoutLiterals(body: string): string {
  let code = '';
  let from = 0;
  LITERAL.lastIndex = 0;
  for (let match = LITERAL.exec(body); match !== null; match = LITERAL.exec(body)) {
    let end = LITERAL.lastIndex;
    if (match[0] === '/') {
      REGEX.lastIndex = match.index;
      const before = code.slice(-200) + body.slice(Math.max(from, match.index - 200), match.index);
      if (!isOperandExpected(before) || !REGEX.test(body)) continue;
      end = REGEX.lastIndex;
    }
    // A literal leaves a quote behind, so that what follows it is read as after an operand.
    code += body.slice(from, match.index) + (match[0].startsWith('//') || match[0].startsWith('/*') ? '' : '"').padEnd(end - match.index);
    from = end;
    LITERAL.lastIndex = end;
  }
  return code + body.slice(from);
}

/** Whether a slash after this code begins a regular expression; otherwise it divides. */
function isOperandExpected(before: string): boolean {
  const text = before.trimEnd();
  if (text === '') return true;
  const word = /[\w$]+$/.exec(text)?.[0];
  if (word !== undefined) return /^(?:return|typeof|case|in|of|delete|void|throw|new|else|do|instanceof)$/.test(word);
  return !/[)\]}"]$/.test(text);
}
