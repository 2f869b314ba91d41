/**
 * Digits a number may have when it is written out without exponent. 1.2E300 has 301; a text such as
 * 1E999999999 would otherwise become a gigabyte. Beyond this the number stays text as it was written.
 */
export const PLAIN_DIGITS_MAX = 4096;

/** Digits after the point that a double is trusted to hold (device-api.md §2.3); more make the value text. */
export const DOUBLE_SCALE_MAX = 16;
