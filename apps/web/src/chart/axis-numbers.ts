const plain = new Intl.NumberFormat(undefined, { maximumFractionDigits: 6 });
const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumSignificantDigits: 5 });

/** Numbers from here on are written as 1.5M. */
const COMPACT_FROM = 1_000_000;
/** Steps smaller than this are written with powers of ten. */
const TINY_STEP = 0.000_01;

/** Numbers beside an axis, all in the same way: short where they are large or tiny, so that they fit. */
export function axisNumbers(numbers: readonly number[]): string[] {
  const largest = numbers.reduce((found, number) => Math.max(found, Math.abs(number)), 0);
  const step = Math.abs((numbers[1] ?? 0) - (numbers[0] ?? 0));
  if (step > 0 && step < TINY_STEP) return numbers.map((number) => (number === 0 ? '0' : number.toPrecision(3)));
  // A step that five digits do not show would make neighbours look the same.
  const isCompact = largest >= COMPACT_FROM && (step === 0 || step >= largest / 10_000);
  return numbers.map((number) => (isCompact ? compact : plain).format(number));
}

const WIDTH_LEAST = 56;
/** Of a digit of the axis, and of what stands between number and line; in pixels. */
const DIGIT_WIDTH = 7.2;
const AROUND = 16;

/** Room for the numbers of an axis, in pixels. */
export function axisWidth(texts: readonly string[] | null): number {
  const longest = (texts ?? []).reduce((found, text) => Math.max(found, text.length), 0);
  return Math.max(WIDTH_LEAST, Math.ceil(longest * DIGIT_WIDTH) + AROUND);
}
