/** Remembered publishes of one device: design.md §4 promises the last 100. */
export const PACKETS_A_DEVICE = 100;
/** Parts of traces that one `trimTraces` removes at most, as the port says. */
export const TRACES_A_TRIM = 500;
