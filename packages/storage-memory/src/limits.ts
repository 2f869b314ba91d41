/** Remembered publishes of one device: design.md §4 promises the last 100. */
export const PACKETS_A_DEVICE = 100;
