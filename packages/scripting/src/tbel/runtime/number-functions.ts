/** Java's `Math`, `Integer`, `Long`, `Double`, `Float`, `Boolean`, `String` and `Character`, and the methods of numbers. */
export const numberFunctionsSource = String.raw`
const functions = { __proto__: null };
const define = (table) => { for (const name of keysOf(table)) functions[name] = table[name]; };
const numeric = (x, name) => {
  const kind = kindOf(x);
  if (isNumberKind(kind)) return numberOf(x);
  return kind === TEXT && Number.isFinite(Number(x)) && x.trim() !== '' ? Number(x) : fail('unable to resolve method: ' + name + '(' + classOf(x) + ')');
};
const real = (name, calculateIt) => { functions['Math.' + name] = (x) => toDouble(calculateIt(numeric(x, 'Math.' + name))); };
for (const name of ['floor', 'ceil', 'sqrt', 'cbrt', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'exp', 'expm1', 'log', 'log10', 'log1p']) {
  real(name, Math[name]);
}
real('signum', Math.sign);
real('toRadians', (x) => (x * Math.PI) / 180);
real('toDegrees', (x) => (x * 180) / Math.PI);
real('rint', (x) => { const low = Math.floor(x), part = x - low; return part < 0.5 ? low : part > 0.5 ? low + 1 : low % 2 === 0 ? low : low + 1; });
const typeOfBoth = (a, b) => {
  const left = kindOf(a), right = kindOf(b);
  // As measured: an int on either side takes the int form, and what the other has behind the point is lost.
  if (left === INT || right === INT) return left === LONG || right === LONG ? LONG : INT;
  return Math.max(left, right, INT);
};
const largerOrSmaller = (name, choose) => {
  functions['Math.' + name] = (a, b) => {
    const l = numeric(a, 'Math.' + name), r = numeric(b, 'Math.' + name);
    const kind = typeOfBoth(a, b);
    return kind === LONG && kindOf(a) === LONG && kindOf(b) === LONG ? (choose(l, r) === l ? a : b) : toKind(kind === INT ? choose(clampInt(l), clampInt(r)) : choose(l, r), kind);
  };
};
largerOrSmaller('max', Math.max);
largerOrSmaller('min', Math.min);
const floorDivision = (name, calculateIt) => {
  functions['Math.' + name] = (a, b) => {
    const l = bigOf(a), r = bigOf(b);
    if (r === 0n) fail('/ by zero');
    const low = l / r - ((l % r !== 0n && (l < 0n) !== (r < 0n)) ? 1n : 0n);
    const value = calculateIt(l, r, low);
    return kindOf(a) === INT && kindOf(b) === INT ? Number(value) : toLong(value);
  };
};
floorDivision('floorDiv', (l, r, low) => low);
floorDivision('floorMod', (l, r, low) => l - low * r);
const exactly = (operator) => (a, b) => {
  const value = calculate(operator, bigOf(a), bigOf(b)), isInt = kindOf(a) === INT && kindOf(b) === INT;
  if (isInt ? value > 2147483647n || value < -2147483648n : value > LONG_MAX || value < LONG_MIN) fail(isInt ? 'integer overflow' : 'long overflow');
  return isInt ? Number(value) : toLong(value);
};
const parsedWhole = (x, radix, min, max, make) => {
  const base = radix === undefined ? 10 : int(radix), written = text(x).toLowerCase();
  if (base < 2 || base > 36 || written.length > 70 || !/^[-+]?[0-9a-z]+$/.test(written)) fail('For input string: "' + text(x) + '"');
  let value = 0n;
  for (const digit of written.replace(/^[-+]/, '')) {
    const amount = parseInt(digit, 36);
    if (amount >= base) fail('For input string: "' + text(x) + '"');
    value = value * BigInt(base) + BigInt(amount);
  }
  if (written[0] === '-') value = -value;
  return value < min || value > max ? fail('For input string: "' + text(x) + '"') : make(value);
};
const parsedInt = (x, radix) => parsedWhole(x, radix, -2147483648n, 2147483647n, Number);
const parsedLong = (x, radix) => parsedWhole(x, radix, LONG_MIN, LONG_MAX, toLong);
const parsedReal = (x) => {
  const written = text(x).trim();
  if (/^[-+]?(NaN|Infinity)$/.test(written)) return Number(written);
  return /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?[fFdD]?$/.test(written) ? Number(written.replace(/[fFdD]$/, '')) : fail('For input string: "' + text(x) + '"');
};
const inRadix = (radix, width) => (x) => unsigned(width, bigOf(x)).toString(radix);
const order = (l, r) => (l < r ? -1 : l > r ? 1 : 0);
const asInt = (x) => (kindOf(x) === TEXT ? parsedInt(x) : int(x));
const asLong = (x) => (kindOf(x) === TEXT ? parsedLong(x) : kindOf(x) === LONG ? x : toLong(clampLong(numberOf(x))));
const round = (x) => {
  const number = numeric(x, 'Math.round'), rounded = Math.floor(number + 0.5);
  // 0.5 less the smallest step is one after the addition, so the sum alone would be wrong.
  const whole = rounded - number > 0.5 ? rounded - 1 : rounded;
  return kindOf(x) === FLOAT ? clampInt(whole) : toLong(clampLong(whole));
};
define({
  'Math.round': round, 'Math.random': () => toDouble(Math.random()), 'Math.pow': (a, b) => toDouble(numeric(a, 'Math.pow') ** numeric(b, 'Math.pow')),
  'Math.abs': (x) => { const number = numeric(x, 'Math.abs'), kind = kindOf(x); return kind === TEXT ? toKind(Math.abs(number), INT) : number < 0 || 1 / number < 0 ? neg(x) : x; },
  'Math.hypot': (a, b) => toDouble(Math.hypot(numeric(a, 'Math.hypot'), numeric(b, 'Math.hypot'))),
  'Math.atan2': (a, b) => toDouble(Math.atan2(numeric(a, 'Math.atan2'), numeric(b, 'Math.atan2'))),
  'Math.addExact': exactly('+'), 'Math.subtractExact': exactly('-'), 'Math.multiplyExact': exactly('*'), 'Math.toIntExact': (x) => exactly('+')(x, 0),
  'Integer.parseInt': parsedInt, 'Integer.parseUnsignedInt': parsedInt, 'Integer.valueOf': (x, radix) => (typeof x === 'string' ? parsedInt(x, radix) : int(x)),
  'Integer.toHexString': inRadix(16, 32), 'Integer.toBinaryString': inRadix(2, 32), 'Integer.toOctalString': inRadix(8, 32),
  'Integer.toString': (x, radix) => (radix === undefined ? text(asInt(x)) : asInt(x).toString(int(radix))), 'Integer.compare': (a, b) => order(int(a), int(b)),
  'Integer.signum': (x) => Math.sign(int(x)), 'Integer.bitCount': (x) => inRadix(2, 32)(x).replaceAll('0', '').length,
  'Integer.max': (a, b) => Math.max(int(a), int(b)), 'Integer.min': (a, b) => Math.min(int(a), int(b)), 'Integer.sum': (a, b) => (int(a) + int(b)) | 0,
  'Long.parseLong': parsedLong, 'Long.valueOf': (x, radix) => (typeof x === 'string' ? parsedLong(x, radix) : asLong(x)), 'Long.toHexString': inRadix(16, 64),
  'Long.toBinaryString': inRadix(2, 64), 'Long.toOctalString': inRadix(8, 64), 'Long.compare': (a, b) => order(bigOf(a), bigOf(b)),
  'Long.toString': (x, radix) => bigOf(x).toString(radix === undefined ? 10 : int(radix)),
  'Double.parseDouble': (x) => toDouble(parsedReal(x)), 'Double.valueOf': (x) => toDouble(parsedReal(x)), 'Double.toString': (x) => doubleText(numeric(x, 'Double.toString')),
  'Double.isNaN': (x) => Number.isNaN(numberOf(x)), 'Double.isInfinite': (x) => Math.abs(numberOf(x)) === Infinity,
  'Double.compare': (a, b) => order(numberOf(a), numberOf(b)), 'Double.longBitsToDouble': (x) => toDouble(realOfBits(bigOf(x), 64)),
  'Double.doubleToLongBits': (x) => toLong(BigInt.asIntN(64, bitsOfReal(numberOf(x), 64))),
  'Float.parseFloat': (x) => toFloat(parsedReal(x)), 'Float.valueOf': (x) => toFloat(parsedReal(x)), 'Float.toString': (x) => floatText(Math.fround(numberOf(x))),
  'Float.intBitsToFloat': (x) => toFloat(realOfBits(bigOf(x), 32)), 'Float.floatToIntBits': (x) => Number(BigInt.asIntN(32, bitsOfReal(numberOf(x), 32))),
  'Boolean.parseBoolean': (x) => text(x).toLowerCase() === 'true', 'Boolean.valueOf': (x) => text(x).toLowerCase() === 'true', 'Boolean.toString': (x) => text(x),
  'Short.parseShort': (x, radix) => parsedWhole(x, radix, -32768n, 32767n, Number), 'Byte.parseByte': (x, radix) => parsedWhole(x, radix, -128n, 127n, Number),
  'Character.isDigit': (x) => /^\d/.test(text(x)), 'Character.isLetter': (x) => /^\p{L}/u.test(text(x)), 'Character.toString': (x) => sought(x),
  'Character.getNumericValue': (x) => { const value = parseInt(text(x), 36); return value === value ? value : -1; },
  'Character.isUpperCase': (x) => /^\p{Lu}/u.test(text(x)), 'Character.isLowerCase': (x) => /^\p{Ll}/u.test(text(x)), 'Character.isWhitespace': (x) => /^\s/.test(text(x)),
  'String.valueOf': (x) => text(x), 'String.format': (pattern, ...args) => format(pattern, args),
  'String.join': (separator, ...parts) => (parts.length === 1 && typeof parts[0] === 'object' ? collection(parts[0]) : parts).map(text).join(text(separator)),
});
// As C prints a double with %a.
const realHex = (number) => {
  if (!Number.isFinite(number)) return doubleText(number);
  const bits = bitsOfReal(number, 64), start = bits >> 63n === 1n ? '-0x' : '0x', exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = (bits & 0xfffffffffffffn).toString(16).padStart(13, '0').replace(/0+$/, '') || '0';
  if (number === 0) return start + '0.0p0';
  return start + (exponent === 0 ? '0.' : '1.') + fraction + 'p' + (exponent === 0 ? -1022 : exponent - 1023);
};
define({ 'Double.toHexString': (x) => realHex(numeric(x, 'toHexString')), 'Float.toHexString': (x) => realHex(Math.fround(numeric(x, 'toHexString'))) });
const compared = (a, b) => { const left = kindOf(a); return left === kindOf(b) ? numberOrder(a, b, left, left) : fail('argument type mismatch'); };
declare(INT, {
  'intValue/0': (x) => toKind(numberOf(x), INT), 'longValue/0': (x) => (kindOf(x) === LONG ? x : toKind(numberOf(x), LONG)), 'doubleValue/0': (x) => toDouble(numberOf(x)),
  'floatValue/0': (x) => toFloat(numberOf(x)), 'byteValue/0': (x) => (int(x) << 24) >> 24, 'shortValue/0': (x) => (int(x) << 16) >> 16,
  'compareTo/1': (x, a) => compared(x, a[0]), 'isNaN/0': (x) => Number.isNaN(numberOf(x)), 'isInfinite/0': (x) => Math.abs(numberOf(x)) === Infinity,
});
const create = {
  __proto__: null,
  Integer: asInt, Long: asLong, Double: (x) => toDouble(parsedReal(x)), Float: (x) => toFloat(parsedReal(x)), Boolean: functions['Boolean.valueOf'],
  String: (x) => text(x ?? ''), ArrayList: (x) => (x === undefined ? [] : collection(x).slice()), HashMap: (x) => { const map = {}; if (x !== undefined) putAll(map, x); return map; },
  HashSet: (x) => setOf(x === undefined ? [] : collection(x)),
};
const narrowed = (x, min, max, name) => {
  const number = Math.trunc(numberOf(x));
  return number < min || number > max ? fail('cannot coerce ' + classOf(x) + ' to ' + name + ' since the value (' + text(x) + ') exceeds it') : number + 0;
};
const casts = {
  __proto__: null, int: (x) => narrowed(x, INT_MIN, INT_MAX, 'Integer'), long: asLong, double: (x) => toDouble(numberOf(x)), float: (x) => toFloat(numberOf(x)),
  byte: (x) => (narrowed(x, INT_MIN, INT_MAX, 'Byte') << 24) >> 24, short: (x) => narrowed(x, -32768, 32767, 'Short'), char: sought, boolean: (x) => asBoolean(x, kindOf(x)), String: text, Object: itself,
};
const fromText = { __proto__: null, int: parsedInt, long: parsedLong, double: create.Double, float: create.Float, byte: functions['Byte.parseByte'], short: functions['Short.parseShort'] };
const primitives = { Integer: 'int', Long: 'long', Double: 'double', Float: 'float', Byte: 'byte', Short: 'short', Character: 'char', Boolean: 'boolean' };
const cast = (x, type) => {
  const to = primitives[type] ?? type;
  return x === undefined ? undefined : typeof x === 'string' && fromText[to] !== undefined ? fromText[to](x) : casts[to](x);
};
`;
