/**
 * How TBEL's values look in the sandbox. Whole numbers of 32 bit are ints and larger ones up to 2^53 are longs, both
 * as plain numbers; so are doubles with a fraction. What a plain number cannot tell is boxed: doubles without a fraction
 * (`2.0`), small or very large longs, floats, big integers and decimals. Null is `undefined`, so that a missing key needs no look.
 */
export const valuesSource = String.raw`
const { isArray } = Array;
const { getPrototypeOf, freeze, keys: keysOf, defineProperty } = Object;
const plain = Object.prototype;
const hasOwn = Object.hasOwn;
const NULL = 0, TEXT = 1, BOOLEAN = 2, INT = 3, LONG = 4, FLOAT = 5, DOUBLE = 6, DECIMAL = 7, BIG = 8, LIST = 9, MAP = 10, SET = 11, DATE = 12, ENTRY = 13, OTHER = 14;
const INT_MAX = 2147483647, INT_MIN = -2147483648, SAFE = Number.MAX_SAFE_INTEGER;
const LONG_MAX = 9223372036854775807n, LONG_MIN = -9223372036854775808n;

class Problem extends Error { get name() { return 'TbelError'; } }
class WrongResult extends Error {}
const fail = (message) => { throw new Problem(message); };

class Box { constructor(value) { this['='] = value; } }
class JavaDouble extends Box {}
class JavaFloat extends Box {}
class JavaLong extends Box {}
class JavaBig extends Box {}
class JavaDecimal extends Box { constructor(unscaled, scale) { super(unscaled); this['/'] = scale; } }
class JavaSet extends Box {}
class JavaDate extends Box {}
class Entry { constructor(key, value) { this.key = key; this.value = value; } }
const kinds = [[JavaDouble, DOUBLE], [JavaFloat, FLOAT], [JavaLong, LONG], [JavaBig, BIG], [JavaDecimal, DECIMAL], [JavaSet, SET], [JavaDate, DATE], [Entry, ENTRY]];
for (const [type, kind] of kinds) defineProperty(type.prototype, '#', { value: kind });

const kindOf = (x) => {
  switch (typeof x) {
    case 'number': return (x | 0) === x ? INT : x % 1 ? DOUBLE : LONG;
    case 'string': return TEXT;
    case 'undefined': return NULL;
    case 'boolean': return BOOLEAN;
  }
  if (isArray(x)) return LIST;
  return getPrototypeOf(x) === plain ? MAP : x['#'] ?? OTHER;
};
const classNames = ['null', 'String', 'Boolean', 'Integer', 'Long', 'Float', 'Double', 'BigDecimal', 'BigInteger', 'ArrayList', 'LinkedHashMap',
  'LinkedHashSet', 'Date', 'Entry', 'Object'];
const classOf = (x) => classNames[kindOf(x)];
const isNumberKind = (kind) => kind >= INT && kind <= BIG;

const toDouble = (number) => (number % 1 ? number : new JavaDouble(number));
const toFloat = (number) => new JavaFloat(Math.fround(number));
const toLong = (big) => {
  if (big > 2147483647n || big < -2147483648n) {
    const number = Number(big);
    if (number <= SAFE && number >= -SAFE) return number;
  }
  return new JavaLong(big);
};
// BigInt.asUintN of the sandbox's engine leaves some negative numbers as they are.
const unsigned = (width, big) => big & ((1n << BigInt(width)) - 1n);
const clampInt = (number) => (number !== number ? 0 : number >= INT_MAX ? INT_MAX : number <= INT_MIN ? INT_MIN : Math.trunc(number) + 0);
const clampLong = (number) => {
  if (number !== number) return 0n;
  return number >= 9223372036854775807 ? LONG_MAX : number <= -9223372036854775808 ? LONG_MIN : BigInt(Math.trunc(number));
};
// The number of any numeric value, as a double sees it. An int -0, which JavaScript can make, becomes 0.
const numberOf = (x) => {
  if (typeof x === 'number') return x + 0;
  const kind = x['#'];
  return kind === DECIMAL ? Number(decimalText(x)) : Number(x['=']);
};
// The whole number of an int, long or big integer.
const bigOf = (x) => (typeof x === 'number' ? BigInt(x) : x['=']);
const toKind = (number, kind) => {
  switch (kind) {
    case INT: return clampInt(number);
    case LONG: return toLong(clampLong(number));
    case FLOAT: return toFloat(number);
    case DECIMAL: return decimalOf(doubleText(number));
    case BIG: return new JavaBig(clampLong(number));
    default: return toDouble(number);
  }
};
const numberText = /^-?(?:\d+\.?\d*|\.\d+)$/;
const isMap = (x) => typeof x === 'object' && getPrototypeOf(x) === plain;
// A key of the user's may be one that plain objects inherit.
const setKey = (map, key, value) => {
  if (value === undefined) delete map[key];
  else if (key in plain) defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true });
  else map[key] = value;
};
`;
