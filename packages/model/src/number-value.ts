import { DOUBLE_SCALE_MAX, PLAIN_DIGITS_MAX } from './limits.js';
import type { TypedValue } from './value.js';
import { ValueKind } from './value.js';

/**
 * The typed value of a number as it was written (device-api.md §2.3): `42` is long, `42.0` double, `1E3`
 * long; what neither a 64-bit integer nor a double with 16 digits after the point can hold is text in plain
 * digits.
 *
 * @param literal a JSON number, or a text for which `isNumericText` is true
 * @param isComputed the number was printed by a program of ours from a double: then the shortest text of a
 *   double is that double however many digits it has, so that 0.1 + 0.2 of a script stays a number
 */
export function numberValue(literal: string, isComputed = false): TypedValue {
  const hasExponent = literal.includes('e') || literal.includes('E');
  const point = literal.indexOf('.');
  if (!hasExponent) {
    if (point < 0) return wholeNumber(literal);
    // What most doubles look like needs no taking apart.
    const double = Number(literal);
    if (literal.length - point - 1 <= DOUBLE_SCALE_MAX && Number.isFinite(double)) return { kind: ValueKind.double, value: double };
  }
  const { negative, whole, fraction, exponent } = partsOf(literal);
  const digits = whole + fraction;
  const scale = fraction.length - exponent;
  // A point without exponent makes a double, even where the fraction is zero.
  if (hasExponent && isIntegral(digits, scale)) {
    if (/^0*$/.test(digits)) return { kind: ValueKind.long, value: 0 };
    return wholeNumber(plainDigits(negative, digits, scale) ?? literal);
  }
  const double = Number(literal);
  const isHeld = scale <= DOUBLE_SCALE_MAX || (isComputed && String(double) === literal);
  if (isHeld && Number.isFinite(double)) return { kind: ValueKind.double, value: double };
  return { kind: ValueKind.string, value: plainDigits(negative, digits, scale) ?? literal };
}

/** True for a string that counts as a number: optional minus, digits, at most one point that is not the last character. */
export function isNumericText(text: string): boolean {
  const first = text.charCodeAt(0);
  // Nearly every text begins with something else; NaN of an empty text fails both comparisons.
  return first >= 0x2d && first <= 0x39 && /^-?(?:\d+(?:\.\d+)?|\.\d+)$/.test(text);
}

function wholeNumber(digits: string): TypedValue {
  const number = Number(digits);
  if (Number.isSafeInteger(number)) return { kind: ValueKind.long, value: number + 0 };
  if (digits.length > PLAIN_DIGITS_MAX || !/^-?\d+$/.test(digits)) return { kind: ValueKind.string, value: digits };
  const big = BigInt(digits);
  if (BigInt.asIntN(64, big) === big) return { kind: ValueKind.long, value: big };
  return { kind: ValueKind.string, value: big.toString() };
}

function partsOf(literal: string): { negative: boolean; whole: string; fraction: string; exponent: number } {
  const negative = literal.startsWith('-');
  const [mantissa = '', exponent = '0'] = literal.slice(negative ? 1 : 0).split(/[eE]/);
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { negative, whole, fraction, exponent: Number(exponent) };
}

function isIntegral(digits: string, scale: number): boolean {
  const significant = digits.replace(/0+$/, '');
  return significant === '' || digits.length - significant.length >= scale;
}

/** Digits without exponent, or undefined where they would be too many. `scale` is the count of digits after the point. */
function plainDigits(negative: boolean, digits: string, scale: number): string | undefined {
  if (digits.length + Math.abs(scale) > PLAIN_DIGITS_MAX) return undefined;
  const padded = scale <= 0 ? digits + '0'.repeat(-scale) : digits.padStart(scale + 1, '0');
  const point = padded.length - Math.max(scale, 0);
  const whole = padded.slice(0, point).replace(/^0+(?=\d)/, '');
  const fraction = padded.slice(point, point + Math.max(scale, 0));
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
