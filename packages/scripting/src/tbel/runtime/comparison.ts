/** Equality, order, membership and likeness (rule-engine.md §12.4). A comparison with null is false; there is no truthiness. */
export const comparisonSource = String.raw`
const itemsOf = (collection) => (isArray(collection) ? collection : [...collection['='].values()]);
const falseTexts = ['false', 'no', 'off', '0', ''];
const asBoolean = (x, kind) => {
  if (kind === BOOLEAN) return x;
  if (kind === TEXT) return !falseTexts.includes(x.toLowerCase());
  return isNumberKind(kind) ? numberOf(x) !== 0 : fail('cannot convert ' + classOf(x) + ' to Boolean');
};
// Less than, equal or greater as -1, 0, 1; undefined where there is no order and the answer is false.
const sign = (l, r) => (l < r ? -1 : l > r ? 1 : l === r ? 0 : undefined);
const numberOrder = (a, b, left, right) => {
  if ((left === LONG && right === LONG) || (left === BIG && right === BIG)) return sign(bigOf(a), bigOf(b));
  if (left === DECIMAL || right === DECIMAL) {
    const difference = decimalArithmetic('-', a, b)['='];
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  return sign(numberOf(a), numberOf(b));
};
const compare = (a, b) => {
  const left = kindOf(a), right = kindOf(b);
  if (left === NULL || right === NULL) return undefined;
  if (isNumberKind(left) && isNumberKind(right)) return numberOrder(a, b, left, right);
  if (left === TEXT && right === TEXT) return sign(a, b);
  const l = operand(a, left), r = l === undefined ? undefined : operand(b, right);
  if (r !== undefined) return sign(l, r);
  if (left === BOOLEAN || right === BOOLEAN) return sign(asBoolean(a, left), asBoolean(b, right));
  if (left === LIST && right === LIST) fail('two lists have no order');
  return left > BIG ? undefined : fail('uncomparable values <<' + text(a) + '>> and <<' + text(b) + '>>');
};
const gt = (a, b) => compare(a, b) > 0;
const lt = (a, b) => compare(a, b) < 0;
const ge = (a, b) => compare(a, b) >= 0;
const le = (a, b) => compare(a, b) <= 0;

const eq = (a, b) => {
  if (a === b) return true;
  const left = kindOf(a), right = kindOf(b);
  if (left === NULL || right === NULL) return false;
  if (isNumberKind(left) && isNumberKind(right)) return numberOrder(a, b, left, right) === 0;
  if (left === TEXT && right === TEXT) return false;
  const l = operand(a, left), r = l === undefined ? undefined : operand(b, right);
  if (r !== undefined) return l === r;
  if (left !== right && (left === BOOLEAN || right === BOOLEAN)) return asBoolean(a, left) === asBoolean(b, right);
  return same(a, b);
};
// Java's equals: of the same type and content. Dates are the same only where they are one object.
const same = (a, b) => {
  if (a === b) return true;
  const kind = kindOf(a);
  if (kind !== kindOf(b) || kind < INT || kind >= DATE) return false;
  if (isNumberKind(kind)) return numberOrder(a, b, kind, kind) === 0;
  if (kind === LIST) return a.length === b.length && a.every((item, i) => same(item, b[i]));
  if (kind === SET) return a['='].size === b['='].size && itemsOf(a).every((item) => b['='].has(keyOf(item)));
  const names = keysOf(a);
  return names.length === keysOf(b).length && names.every((name) => hasOwn(b, name) && same(a[name], b[name]));
};
// A text that two values share where they are the same.
const keyOf = (x) => {
  const kind = kindOf(x);
  if (kind === LIST || kind === SET) return kind + '[' + itemsOf(x).map((item) => measured(keyOf(item))).join() + ']';
  if (kind === MAP) return kind + '{' + keysOf(x).sort().map((name) => measured(name) + measured(keyOf(x[name]))).join() + '}';
  return kind + ':' + text(x);
};
const measured = (part) => part.length + ':' + part;
const setOf = (items) => {
  const values = new Map();
  for (let i = 0; i < items.length; i++) {
    const key = keyOf(items[i]);
    if (!values.has(key)) values.set(key, items[i]);
  }
  return new JavaSet(values);
};
const indexIn = (list, sought, from) => {
  for (let i = from; i < list.length; i++) if (same(list[i], sought)) return i;
  return -1;
};
const contains = (a, b) => {
  switch (kindOf(a)) {
    case TEXT: return b !== undefined && a.includes(text(b));
    case LIST: return indexIn(a, b, 0) >= 0;
    case SET: return a['='].has(keyOf(b));
    case MAP: return b !== undefined && hasOwn(a, text(b));
    default: return false;
  }
};
const isInstance = (x, name) => {
  const kind = kindOf(x);
  if (kind === NULL) return false;
  if (name === 'Object') return true;
  return name === 'Number' ? isNumberKind(kind) : name === classNames[kind];
};
const orElse = (a, b) => (a === undefined || a === '' || a === false ? b() : a);

// Soundex: the first letter, and the classes of the consonants that follow.
const soundCodes = { b: 1, f: 1, p: 1, v: 1, c: 2, g: 2, j: 2, k: 2, q: 2, s: 2, x: 2, z: 2, d: 3, t: 3, l: 4, m: 5, n: 5, r: 6 };
const soundOf = (word) => {
  const letters = word.toLowerCase().replace(/[^a-z]/g, '');
  let code = '', last = soundCodes[letters[0]];
  for (let i = 1; i < letters.length && code.length < 3; i++) {
    const next = soundCodes[letters[i]];
    if (next !== undefined && next !== last) code += next;
    last = next;
  }
  return letters.slice(0, 1) + code.padEnd(3, '0');
};
const soundsLike = (a, b) => soundOf(text(a)) === soundOf(text(b));
// How many places agree, over the longer length.
const likeness = (a, b) => {
  const l = text(a), r = text(b);
  let agreeing = 0;
  for (let i = 0; i < l.length && i < r.length; i++) if (l[i] === r[i]) agreeing++;
  return toFloat(l.length === 0 && r.length === 0 ? 1 : agreeing / Math.max(l.length, r.length));
};
`;
