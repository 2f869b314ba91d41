import { PATH_STEPS_MAX } from '../limits.js';
import { parseCondition } from './parse-condition.js';
import { isDefiniteStep, pathFunctions, type Path, type PathFunction, type Step } from './path.js';
import { Reader } from './reader.js';

/** Where a path stands: in a filter more characters end a name. */
type Place = 'alone' | 'filter';

/**
 * Reads a JSON path as ThingsBoard's library (Jayway) does. `$.` may be left out.
 *
 * @throws TRANSFORM_PATH_INVALID
 */
export function parsePath(text: string): Path {
  const trimmed = text.trim();
  const reader = new Reader(/^[$@]/.test(trimmed) ? trimmed : `$.${trimmed}`);
  const path = readPath(reader, 'alone');
  if (!reader.isAtEnd) reader.fail('nothing was expected here');
  return path;
}

/** Reads a path from where the reader is, as far as it goes. */
export function readPath(reader: Reader, place: Place): Path {
  const root = reader.takes('$') ? '$' : '@';
  if (root === '@') reader.expect('@');
  const steps: Step[] = [];
  let result: PathFunction | undefined;
  while (result === undefined && (reader.next === '.' || reader.next === '[')) {
    if (steps.length >= PATH_STEPS_MAX) reader.fail(`it has more than ${PATH_STEPS_MAX} steps`);
    if (reader.takes('..')) {
      steps.push({ kind: 'deep' });
      if (reader.next === '[') continue;
    } else if (!reader.takes('.')) {
      steps.push(readBrackets(reader));
      continue;
    }
    const named = readName(reader, place);
    if (typeof named === 'string') result = named;
    else steps.push(named);
  }
  const isDefinite = steps.every((step, index) => isDefiniteStep(step, index === steps.length - 1 && result === undefined));
  return { root, steps, result, isDefinite };
}

/** What follows a dot: a star, the name of a key, or a function. */
function readName(reader: Reader, place: Place): Step | PathFunction {
  if (reader.takes('*')) return { kind: 'wildcard' };
  const name = reader.match(place === 'filter' ? NAME_IN_FILTER : NAME);
  if (name === undefined) return reader.fail('a name is missing');
  if (!reader.takes('(')) return { kind: 'keys', keys: [name] };
  const known = pathFunctions.find((one) => one === name);
  if (known === undefined) return reader.fail(`there is no function ${name}()`);
  reader.skipSpace();
  reader.expect(')');
  return known;
}

function readBrackets(reader: Reader): Step {
  reader.expect('[');
  reader.skipSpace();
  const step = readBracketed(reader);
  reader.skipSpace();
  reader.expect(']');
  return step;
}

function readBracketed(reader: Reader): Step {
  if (reader.takes('*')) return { kind: 'wildcard' };
  if (reader.takes('?')) {
    reader.skipSpace();
    reader.expect('(');
    const condition = parseCondition(reader);
    reader.expect(')');
    return { kind: 'filter', condition };
  }
  if (reader.next === "'" || reader.next === '"') return { kind: 'keys', keys: readList(reader, () => readKey(reader)) };
  const slice = reader.match(SLICE);
  if (slice !== undefined) {
    // A third part, the step, is passed over as in Jayway.
    const [from = '', to = ''] = slice.split(':');
    return { kind: 'slice', from: wholeOf(from), to: wholeOf(to) };
  }
  return {
    kind: 'indexes',
    indexes: readList(reader, () => wholeOf(reader.match(WHOLE) ?? reader.fail('a key in quotes or a number is missing')) ?? 0),
  };
}

function readKey(reader: Reader): string {
  if (reader.next !== "'" && reader.next !== '"') reader.fail('a key in quotes is missing');
  return reader.quoted();
}

function readList<T>(reader: Reader, read: () => T): readonly T[] {
  const items = [read()];
  for (;;) {
    reader.skipSpace();
    if (!reader.takes(',')) return items;
    reader.skipSpace();
    items.push(read());
  }
}

const wholeOf = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text));

const NAME = /[^\s.[\]()]+/y;
const NAME_IN_FILTER = /[^\s.[\](),=!<>~&|]+/y;
const WHOLE = /-?\d{1,9}/y;
const SLICE = /(?:-?\d{1,9})?\s*:\s*(?:-?\d{1,9})?(?:\s*:\s*(?:-?\d{1,9})?)?/y;
