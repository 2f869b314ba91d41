/** Parsing and printing of numbers: `parseInt` to `doubleToHex`, `toFixed`, `toInt`, the checks (rule-engine.md §12.4, helper functions). */
export const parseFunctionsSource = String.raw`
const view = new DataView(new ArrayBuffer(8));
const realOfBits = (big, width) => {
  if (width === 32) { view.setUint32(0, Number(unsigned(32, big))); return view.getFloat32(0); }
  view.setUint32(0, Number(unsigned(32, big >> 32n)));
  view.setUint32(4, Number(unsigned(32, big)));
  return view.getFloat64(0);
};
const bitsOfReal = (number, width) => {
  if (width === 32) { view.setFloat32(0, number); return BigInt(view.getUint32(0)); }
  view.setFloat64(0, number);
  return (BigInt(view.getUint32(0)) << 32n) | BigInt(view.getUint32(4));
};
const radixIs = (pattern, radix) => (x) => (typeof x === 'string' && pattern.test(x) ? radix : -1);
const isBinary = radixIs(/^[01]+$/, 2), isOctal = radixIs(/^[0-7]+$/, 8);
const isDecimal = radixIs(/^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/, 10), isHexadecimal = radixIs(/^-?(?:0[xX])?[0-9a-fA-F]+$/, 16);
const radixChecks = { __proto__: null, 2: isBinary, 8: isOctal, 10: isDecimal, 16: isHexadecimal };
// The text without 0x and with a point for a comma; undefined for null and blank, where the answer is null.
const cleaned = (x, isBigEndian) => {
  if (x === undefined) return undefined;
  const value = text(x).trim();
  if (value === '') return undefined;
  const digits = value.replaceAll('0x', '').replaceAll('0X', '').replaceAll(',', '.');
  return isBigEndian ? digits : turned(digits);
};
const turned = (hex) => {
  if (hex[0] === '-') fail('The hexadecimal string must be without a negative sign.');
  const prefix = hex.startsWith('0x') ? '0x' : '', digits = hex.slice(prefix.length);
  if (digits.length % 2 > 0) fail('The hexadecimal string must be even-length.');
  return prefix + (digits.match(/../g) ?? []).reverse().join('');
};
const radixOf = (digits, given, x) => {
  let radix = given === undefined ? 0 : int(given);
  if (radix >= 25 && radix <= 36) return radix;
  if (radix !== 0 && radixChecks[radix] === undefined) fail('Invalid radix: [' + radix + ']');
  const found = radix === 0 ? Math.max(isDecimal(digits), isDecimal(digits) > 0 ? 0 : isHexadecimal(digits)) : radixChecks[radix](digits);
  const whole = text(x);
  if (found <= 0) fail(radix > 0 ? 'Failed radix [' + radix + '] for value: "' + whole + '", must be [-1] !' : 'Value: "' + digits + '" is not numeric or hexDecimal format!');
  radix = whole.startsWith('0x') ? 16 : found;
  if (radix === 16 && whole.replace(/^-/, '').length % 2 > 0) fail('The hexadecimal value: "' + whole + '" must be of even length, or if the decimal value must be a number!');
  return radix;
};
const wholeNumber = (width, parse) => (x, radix, isBigEndian = true) => {
  const digits = cleaned(x, isBigEndian);
  if (digits === undefined) return undefined;
  const base = radixOf(digits, radix, x);
  // Binary digits are the bits of the number, its sign included.
  if (base === 2 && digits.length === width) return width === 32 ? parseInt(digits, 2) | 0 : toLong(BigInt.asIntN(64, BigInt('0b' + digits)));
  return parse(digits, base);
};
const parseInteger = wholeNumber(32, parsedInt), parseLong = wholeNumber(64, parsedLong);
const unsignedBits = (digits, width) => {
  if (!/^-?[0-9a-fA-F]{1,16}$/.test(digits)) fail('For input string: "' + digits + '"');
  const value = BigInt('0x' + digits.replace('-', ''));
  return unsigned(width, digits[0] === '-' ? -value : value);
};
const parseFloatText = (x, radix) => {
  const digits = cleaned(x, true);
  if (digits === undefined) return undefined;
  return radixOf(digits, radix, x) === 16 ? toFloat(realOfBits(unsignedBits(digits, 32), 32)) : toFloat(parsedReal(text(x)));
};
const parseDoubleText = (x, radix, isBigEndian = true) => {
  const digits = cleaned(x, isBigEndian);
  if (digits === undefined) return undefined;
  return radixOf(digits, radix, x) === 10 ? toDouble(parsedReal(digits)) : toDouble(realOfBits(unsignedBits(digits, 64), 64));
};
const radixOfDouble = (x) => (x === undefined || text(x).trim() === '' ? undefined : radixOf(text(x).trim(), undefined, x));
const hexToFloat = (x, isBigEndian = true) => {
  const digits = cleaned(x, isBigEndian);
  if (digits === undefined) return undefined;
  radixOf(digits, 16, x);
  return toFloat(realOfBits(unsignedBits(digits, 32), 32));
};
const hexNumber = (parse) => (x, isBigEndian) => parse(x, 16, isBigEndian);
const hexToDouble = (x, isBigEndian) => parseDoubleText(x, 16, isBigEndian);
const intOfHexAsFloat = (x, isBigEndian = true) => {
  const digits = cleaned(x, isBigEndian);
  if (digits === undefined) return undefined;
  radixOf(digits, 16, x);
  return toFloat(Number(BigInt.asIntN(32, unsignedBits(digits, 64))));
};
// Whole bytes without needless ones in front, and at most so many digits.
const hexOf = (x, isBigEndian, hasPrefix, length, digitsMax) => {
  const big = BigInt.asIntN(64, bigOf(x)), isNegative = big < 0n;
  let digits = unsigned(64, big).toString(16).toUpperCase();
  if (digits.length % 2 > 0) digits = '0' + digits;
  if (isNegative) {
    const most = digitsMax < 0 ? digits.length : digitsMax;
    digits = digits.replace(/^F+(?!$)/, '');
    if (digits.length % 2 > 0) digits = 'F' + digits;
    if (digits.length > most) digits = digits.slice(-most);
    else if (digits.length < most) digits = 'FF' + digits;
  }
  if (!isBigEndian) digits = turned(digits);
  const kept = length === undefined || length === -1 ? digits.length : int(length);
  if (kept > digits.length) fail('begin ' + (digits.length - kept) + ', end ' + digits.length + ', length ' + digits.length);
  return (hasPrefix ? '0x' : '') + digits.slice(digits.length - kept);
};
const toHex = (digitsMax, convert) => (x, isBigEndian = true, hasPrefix = false, length = -1) => hexOf(convert(x), isBigEndian, hasPrefix, length, digitsMax);
const radixText = (x, radix = 10, isBigEndian = true, hasPrefix = false) => {
  const big = bigOf(asLong(x)), base = int(radix);
  if (base === 10 || (base >= 25 && base <= 36)) return big.toString(base);
  if (base === 16) return hexOf(toLong(big), isBigEndian, hasPrefix, -1, -1);
  if (base === 8) return unsigned(64, big).toString(8);
  if (base !== 2) fail('Invalid radix: [' + base + ']');
  const digits = unsigned(64, big).toString(2);
  return digits.padStart([8, 16, 32, 64].find((width) => digits.length < width) ?? 0, '0');
};
const realToHex = (width) => (x, isBigEndian = true) => {
  const shown = '0x' + bitsOfReal(numeric(x, 'floatToHex'), width).toString(16).toUpperCase().padStart(width / 4, '0');
  return isBigEndian ? shown : turned(shown);
};
// The decimal that the number prints as, rounded half up: 2.675 is 2.68, though the double is a little less.
const rounded = (number, precision) => {
  const [mantissa, exponent] = Math.abs(number).toExponential().split('e');
  const [whole, fraction = ''] = mantissa.split('.');
  const shift = Number(exponent) - fraction.length + precision;
  const digits = BigInt(whole + fraction);
  const scaled = shift >= 0 ? digits * tenTo(shift) : shift < -400 ? 0n : (digits * 2n + tenTo(-shift)) / (2n * tenTo(-shift));
  return { scaled, isNegative: number < 0 };
};
const roundedText = (number, precision) => decimalText(new JavaDecimal(rounded(number, precision).scaled, precision));
const fixed = (x, precision) => {
  const number = numeric(x, 'toFixed'), places = int(precision);
  if (!Number.isFinite(number)) fail('Infinite or NaN');
  if (Math.abs(places) > 400) fail('the precision is out of range');
  const { scaled, isNegative } = rounded(number, places);
  const value = Number((isNegative ? '-' : '') + String(scaled) + 'e' + -places);
  return kindOf(x) === DOUBLE ? toDouble(value + 0) : toFloat(value + 0);
};
const parseSuffixes = { Int: hexNumber(parseInteger), Long: hexNumber(parseLong), Float: hexToFloat, Double: hexToDouble };
for (const name of keysOf(parseSuffixes)) {
  const parse = parseSuffixes[name];
  define({ ['parseHexTo' + name]: parse, ['parseBigEndianHexTo' + name]: (x) => parse(x, true), ['parseLittleEndianHexTo' + name]: (x) => parse(x, false) });
}
define({
  parseInt: (x, radix) => parseInteger(x, radix), parseLong: (x, radix) => parseLong(x, radix), parseFloat: parseFloatText, parseDouble: (x, radix) => parseDoubleText(x, radix ?? radixOfDouble(x)),
  parseHexIntLongToFloat: intOfHexAsFloat, intToHex: toHex(8, asInt), longToHex: toHex(16, asLong), intLongToRadixString: radixText,
  floatToHex: realToHex(32), doubleToHex: realToHex(64), toFixed: fixed, toInt: (x) => { const n = numeric(x, 'toInt'); return Number.isFinite(n) ? Math.trunc(n + (n < 0 ? -0.5 : 0.5)) | 0 : fail('Infinite or NaN'); },
  isNaN: (x) => Number.isNaN(numeric(x, 'isNaN')), isBinary, isOctal, isDecimal, isHexadecimal,
  isMap: (x) => kindOf(x) === MAP, isList: (x) => kindOf(x) === LIST && !arrays.has(x), isSet: (x) => kindOf(x) === SET, isArray: (x) => kindOf(x) === LIST && arrays.has(x),
});
`;
