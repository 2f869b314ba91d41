/**
 * The arithmetic of TBEL (rule-engine.md §12.4). Compiled scripts do the frequent cases themselves and come here with
 * the rest. Two ints give an int, or a long where it does not fit; values of different types are calculated as doubles
 * and become the larger type, so that a long over an int is a long again.
 */
export const arithmeticSource = String.raw`
const calculate = (operator, l, r) => {
  switch (operator) {
    case '+': return l + r;
    case '-': return l - r;
    case '*': return l * r;
    case '/': return l / r;
    case '%': return l % r;
    default: return l ** r;
  }
};
const integerArithmetic = (operator, l, r) => {
  if (operator === '%') return r === 0 ? fail('/ by zero') : l % r + 0;
  if (operator === '/') return toDouble(l / r);
  const number = calculate(operator, l, r);
  if (operator === '**') return number > INT_MAX ? toDouble(number) : clampInt(number);
  // Up to 2^62: beyond 2^53 only whole numbers of any length are exact.
  return number <= SAFE && number >= -SAFE ? number + 0 : toLong(calculate(operator, BigInt(l), BigInt(r)));
};
const longArithmetic = (operator, a, b) => {
  const l = bigOf(a), r = bigOf(b);
  if (operator === '%') return r === 0n ? fail('/ by zero') : toLong(l % r);
  if (operator === '/') return toDouble(Number(l) / Number(r));
  if (operator === '**') return toLong(clampLong(Number(l) ** Number(r)));
  return toLong(BigInt.asIntN(64, calculate(operator, l, r)));
};
const bigArithmetic = (operator, a, b) => {
  const l = a['='], r = b['='];
  if (operator === '/' || operator === '%') return r === 0n ? fail('BigInteger divide by zero') : new JavaBig(operator === '/' ? l / r : l % r);
  if (operator === '**' && (r < 0n || r > 1000n)) return fail('The exponent is too large');
  const value = calculate(operator, l, r);
  return value > BIG_LIMIT || value < -BIG_LIMIT ? fail('The number is too large') : new JavaBig(value);
};
const BIG_LIMIT = 10n ** 1000n;
// What each side is as a number; undefined where it is none.
const operand = (x, kind) => (isNumberKind(kind) ? numberOf(x) : kind === TEXT && numberText.test(x) ? Number(x) : undefined);
const arithmetic = (operator, a, b) => {
  const left = kindOf(a), right = kindOf(b);
  if (left === INT && right === INT) return integerArithmetic(operator, a + 0, b + 0);
  if (left === LONG && right === LONG) return longArithmetic(operator, a, b);
  if (left === BIG && right === BIG) return bigArithmetic(operator, a, b);
  if (left === DECIMAL && isNumberKind(right)) return decimalArithmetic(operator, a, b);
  const l = operand(a, left), r = l === undefined ? undefined : operand(b, right);
  if (r === undefined) {
    if (operator === '**') fail('could not perform numeric operation on non-numeric types: ' + classOf(a) + ' ** ' + classOf(b));
    return undefined;
  }
  const number = calculate(operator, l, r);
  // Text has no type of number, so the other side decides; two texts make a double.
  return left === TEXT && right === TEXT ? toDouble(number) : toKind(number, Math.max(left, right));
};
const add = (a, b) => {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (sum % 1 || ((a | 0) === a && (b | 0) === b)) return sum;
    return arithmetic('+', a, b);
  }
  if (typeof a === 'string') return a + (typeof b === 'string' ? b : text(b));
  const left = kindOf(a);
  if (left === LIST || left === SET) {
    const right = kindOf(b), items = itemsOf(a);
    return right === LIST || right === SET ? items.concat(itemsOf(b)) : items.concat([b]);
  }
  if (isNumberKind(left) && isNumberKind(kindOf(b))) return arithmetic('+', a, b);
  return text(a) + text(b);
};
const sub = (a, b) => {
  if (typeof a === 'number' && typeof b === 'number') {
    const rest = a - b;
    if (rest % 1 || ((a | 0) === a && (b | 0) === b)) return rest;
  }
  return arithmetic('-', a, b);
};
const mul = (a, b) => {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    if (product % 1) return product;
    if ((a | 0) === a && (b | 0) === b && (product | 0) === product) return product + 0;
  }
  return arithmetic('*', a, b);
};
const div = (a, b) => {
  if (typeof a === 'number' && typeof b === 'number' && (((a | 0) === a && (b | 0) === b) || a % 1 || b % 1)) return toDouble(a / (b + 0));
  return arithmetic('/', a, b);
};
const mod = (a, b) => arithmetic('%', a, b);
const pow = (a, b) => arithmetic('**', a, b);
const join = (a, b) => text(a) + text(b);
const neg = (a) => {
  const kind = kindOf(a);
  if (kind === NULL) return undefined;
  if (!isNumberKind(kind)) fail("illegal use of '-': it cannot be applied to " + classOf(a));
  if (kind === DECIMAL) return new JavaDecimal(-a['='], a['/']);
  if (kind === LONG) return toLong(BigInt.asIntN(64, -bigOf(a)));
  return kind === INT ? 0 - a : kind === BIG ? new JavaBig(-a['=']) : toKind(-numberOf(a), kind);
};
const inc = (a, by) => (isNumberKind(kindOf(a)) ? add(a, by) : fail('only a number can be counted up or down, not ' + classOf(a)));

// --- Bits: ints and longs only; a long on either side makes a long, except that the left one alone decides for shifts.
const bits = (operator) => (a, b) => {
  const left = kindOf(a), right = kindOf(b);
  if ((left !== INT && left !== LONG) || (right !== INT && right !== LONG)) {
    fail('could not perform numeric operation on non-numeric types: ' + classOf(a) + ' ' + operator + ' ' + classOf(b));
  }
  if (left === INT && right === INT) return intBits(operator, a, b);
  const l = bigOf(a), r = bigOf(b);
  switch (operator) {
    case '&': return toLong(l & r);
    case '|': return toLong(l | r);
    case '^': return toLong(l ^ r);
  }
  if (left === INT) return intBits(operator, a, Number(r & 31n));
  const by = r & 63n;
  if (operator === '<<') return toLong(BigInt.asIntN(64, l << by));
  return toLong(operator === '>>' ? l >> by : BigInt.asIntN(64, unsigned(64, l) >> by));
};
const intBits = (operator, a, b) => {
  switch (operator) {
    case '&': return a & b;
    case '|': return a | b;
    case '^': return a ^ b;
    case '<<': return a << b;
    case '>>': return a >> b;
    default: return (a >>> b) | 0;
  }
};
const band = bits('&'), bor = bits('|'), bxor = bits('^'), shl = bits('<<'), shr = bits('>>'), ushr = bits('>>>');
const bnot = (a) => {
  const kind = kindOf(a);
  if (kind !== INT && kind !== LONG) fail('the operator ~ needs a whole number, not ' + classOf(a));
  return kind === INT ? ~a : toLong(~bigOf(a));
};
`;
