/**
 * A double as JSON text of the decimal number that its shortest text is, rounded half up, away from zero: 1.005 to two digits is
 * 1.01, which it would not be as a double. A number without a fraction is an integer.
 *
 * @param digits after the point; undefined does not round
 * @returns undefined where a 64-bit integer cannot hold the number, and for what is no finite one
 */
export function decimalText(value: number, digits: number | undefined): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  const [mantissa = '', exponent = '0'] = String(Math.abs(value)).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  let unscaled = BigInt(whole + fraction);
  let scale = fraction.length - Number(exponent);
  if (digits !== undefined && scale > digits) {
    const dropped = 10n ** BigInt(scale - digits);
    unscaled = (unscaled + dropped / 2n) / dropped;
    scale = digits;
  }
  for (; scale > 0 && unscaled % 10n === 0n; scale -= 1) unscaled /= 10n;
  const sign = value < 0 && unscaled > 0n ? '-' : '';
  if (scale > 0) return String(Number(`${sign}${unscaled}e-${scale}`));
  const integer = BigInt(`${sign}${unscaled}`) * 10n ** BigInt(-scale);
  return BigInt.asIntN(64, integer) === integer ? String(integer) : undefined;
}
