/** How values print, as Java does it: `2.0`, `1.0E8`, `[1, a]`, `{k=v}`. */
export const textsSource = String.raw`
const doubleText = (number) => {
  if (number !== number) return 'NaN';
  if (number === Infinity) return 'Infinity';
  if (number === -Infinity) return '-Infinity';
  if (number === 0) return 1 / number < 0 ? '-0.0' : '0.0';
  return javaForm(number, shortestText(number));
};
// QuickJS finds the shortest text but for some powers of two: there the 16 digits nearest to the number read back as the
// number below, while the next ones up, which Java and V8 write, come back.
const shortestText = (number) => {
  const found = number.toExponential();
  const [mantissa, exponent] = found.split('e');
  const digits = mantissa.replace(/[-.]/g, '');
  if (digits.length < 17) return found;
  const up = String(BigInt(digits.slice(0, 16)) + 1n).replace(/0+$/, '');
  const shorter = (number < 0 ? '-' : '') + up[0] + '.' + (up.slice(1) || '0') + 'e' + exponent;
  return Number(shorter) === number ? shorter : found;
};
// From d.ddde±n with as many digits as the number needs.
const javaForm = (number, shortest) => {
  const size = Math.abs(number);
  const cut = shortest.indexOf('e');
  const exponent = Number(shortest.slice(cut + 1));
  const digits = shortest.slice(0, cut).replace('.', '').replace('-', '');
  const sign = number < 0 ? '-' : '';
  if (size >= 1e-3 && size < 1e7) {
    if (exponent < 0) return sign + '0.' + '0'.repeat(-exponent - 1) + digits;
    const padded = digits.padEnd(exponent + 2, '0');
    return sign + padded.slice(0, exponent + 1) + '.' + padded.slice(exponent + 1);
  }
  return sign + digits[0] + '.' + (digits.slice(1) || '0') + 'E' + exponent;
};
const floatText = (number) => {
  if (!Number.isFinite(number) || number === 0) return doubleText(number);
  for (let digits = 0; digits < 9; digits++) {
    const shortest = number.toExponential(digits);
    if (Math.fround(Number(shortest)) === number) return javaForm(number, shortest);
  }
  return doubleText(number);
};
const text = (x) => {
  switch (kindOf(x)) {
    case NULL: return 'null';
    case TEXT: return x;
    case BOOLEAN: return x ? 'true' : 'false';
    case INT: return String(x);
    case LONG: case BIG: return String(typeof x === 'number' ? x : x['=']);
    case FLOAT: return floatText(x['=']);
    case DOUBLE: return doubleText(typeof x === 'number' ? x : x['=']);
    case DECIMAL: return decimalText(x);
    case LIST: return listText(x);
    case SET: return listText(itemsOf(x));
    case MAP: return '{' + keysOf(x).map((key) => key + '=' + text(x[key])).join(', ') + '}';
    case ENTRY: return x.key + '=' + text(x.value);
    case DATE: return dateText(x);
    default: return 'Object';
  }
};
const listText = (list) => '[' + list.map(text).join(', ') + ']';

// --- Decimals: an unscaled whole number and how many of its digits are behind the point.
const decimalText = (x) => {
  const scale = x['/'];
  const digits = String(x['='] < 0n ? -x['='] : x['=']);
  const sign = x['='] < 0n ? '-' : '';
  if (scale <= 0) return sign + digits + '0'.repeat(-scale);
  const padded = digits.padStart(scale + 1, '0');
  return sign + padded.slice(0, padded.length - scale) + '.' + padded.slice(padded.length - scale);
};
const decimalOf = (written) => {
  const [mantissa, exponent = '0'] = written.split(/[eE]/);
  const [whole, fraction = ''] = mantissa.split('.');
  const scale = fraction.length - Number(exponent);
  if (written.length > 1000 || !(Math.abs(scale) <= 1000)) fail('the decimal number is too large or too small');
  const unscaled = BigInt(whole + fraction === '' || whole + fraction === '-' ? '0' : whole + fraction);
  return scale < 0 ? new JavaDecimal(unscaled * 10n ** BigInt(-scale), 0) : new JavaDecimal(unscaled, scale);
};
const asDecimal = (x) => (kindOf(x) === DECIMAL ? x : decimalOf(text(x)));
const tenTo = (scale) => 10n ** BigInt(scale);
const roundHalfEven = (numerator, denominator) => {
  const quotient = numerator / denominator, rest = numerator % denominator;
  const twice = (rest < 0n ? -rest : rest) * 2n, size = denominator < 0n ? -denominator : denominator;
  const up = twice > size || (twice === size && quotient % 2n !== 0n);
  return up ? quotient + ((numerator < 0n) === (denominator < 0n) ? 1n : -1n) : quotient;
};
const PRECISION = 34;
const decimalArithmetic = (operator, a, b) => {
  const left = asDecimal(a), right = asDecimal(b);
  const scale = Math.max(left['/'], right['/']);
  const l = left['='] * tenTo(scale - left['/']), r = right['='] * tenTo(scale - right['/']);
  switch (operator) {
    case '+': return new JavaDecimal(l + r, scale);
    case '-': return new JavaDecimal(l - r, scale);
    case '*': return shortened(left['='] * right['='], left['/'] + right['/']);
    case '%': return r === 0n ? fail('Division by zero') : new JavaDecimal(l % r, scale);
    case '/': return r === 0n ? fail('Division by zero') : stripped(roundHalfEven(l * tenTo(PRECISION), r), PRECISION, left['/'] - right['/']);
    default: return decimalOf(doubleText(numberOf(a) ** numberOf(b)));
  }
};
const shortened = (unscaled, scale) => {
  if (scale > 1000) fail('the decimal number is too small');
  const extra = String(unscaled < 0n ? -unscaled : unscaled).length - PRECISION;
  return extra > 0 ? new JavaDecimal(roundHalfEven(unscaled, tenTo(extra)), scale - extra) : new JavaDecimal(unscaled, scale);
};
// Zeros at the end go, down to the scale that the operands had.
const stripped = (unscaled, scale, preferred) => {
  let value = shortened(unscaled, scale);
  while (value['/'] > Math.max(preferred, 0) && value['='] % 10n === 0n) value = new JavaDecimal(value['='] / 10n, value['/'] - 1);
  return value;
};
`;
