const LONG_MAX = 9_223_372_036_854_775_807n;
const LONG_MIN = -9_223_372_036_854_775_808n;

/** Rounds to a number of digits behind the point, halves away from zero, by the digits that the number is written with. */
export function roundHalfUp(value: number, digits: number): number {
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  const written = mantissa.replace(/[-.]/g, '');
  const surplus = written.length - 1 - Number(exponent) - digits;
  if (surplus <= 0) return value;
  const unit = 10n ** BigInt(surplus);
  const rounded = (BigInt(written) + unit / 2n) / unit;
  return rounded === 0n ? 0 : Math.sign(value) * Number(`${rounded}e-${digits}`);
}

/** The whole part as a 64-bit integer: NaN is 0, what is too large the largest there is. */
export function truncated(value: number): bigint {
  if (Number.isNaN(value)) return 0n;
  if (!Number.isFinite(value)) return value > 0 ? LONG_MAX : LONG_MIN;
  const whole = BigInt(Math.trunc(value));
  if (whole > LONG_MAX) return LONG_MAX;
  return whole < LONG_MIN ? LONG_MIN : whole;
}
