// The points of one unit, as they stand in a log row. All numbers are little endian; a varint has 7 bits a
// byte, the last with its high bit clear; zigzag maps small negative numbers to small positive ones.
//
// A record starts with a tag byte: bits 0-3 say what it is, 4-5 how the series is given, 6-7 how the time is.
//
//   what 0       control: the next byte says which
//     0          start of a unit: the next record names its series and time in full
//     1          time to live of the points that follow: float64 milliseconds, 0 meaning none
//     2          remembered publish: entity number varint, packet id u16, payload hash u32, time as below
//     3          uses of the points that follow: one byte, 1 history + 2 latest + 4 push
//     4          removal of points: series varint, what becomes of the latest value (one byte, `LatestFate`), then the first
//                time of the range and the first one after it, both float64. What stands before it is gone, what comes later stays.
//                Where a latest value is rewritten, the end of the unit says what it is then: a point at a time that none has, which is
//                removed again, so that there is no latest value whatever came before, and then the point that it is, if there is one;
//                both points with `latest` as their only use
//   what 1-12    a point, its value below
//
//   series 0     one more than that of the point before     series 1   the same     series 2   zigzag varint difference
//   time 0       the same as before     time 1   zigzag varint difference (32 bits)     time 2   float64
//
// A unit starts as if the point before it had been of series 0 at time 0, without a time to live and with all uses.

export const What = {
  control: 0,
  false: 1,
  true: 2,
  /** Long: zigzag varint of 32 bits. */
  longSmall: 3,
  /** Long: float64, exact up to 2^53. */
  longSafe: 4,
  /** Long: int64. */
  longLarge: 5,
  /** Double: zigzag varint of 32 bits, divided by 1, 10, 100 or 1000. */
  doubleWhole: 6,
  doubleTenths: 7,
  doubleHundredths: 8,
  doubleThousandths: 9,
  /** Double: float64. */
  doubleFull: 10,
  /** String: bytes as varint, UTF-8. */
  string: 11,
  /** JSON text: bytes as varint, UTF-8. */
  json: 12,
} as const;

export const Control = { unitStart: 0, timeToLive: 1, packet: 2, uses: 3, removal: 4 } as const;

/** What becomes of a latest value whose time is in the range of a removal. Whoever replays a log takes `rewrite` as `remove`. */
export const LatestFate = { keep: 0, remove: 1, rewrite: 2 } as const;

/** A time after that of every point: dates end at 8.64e15. */
export const AFTER_ALL_MS = 9e15;

export const SERIES_NEXT = 0 << 4;
export const SERIES_SAME = 1 << 4;
export const SERIES_DIFFERENCE = 2 << 4;
export const TIME_SAME = 0 << 6;
export const TIME_DIFFERENCE = 1 << 6;
export const TIME_FULL = 2 << 6;
