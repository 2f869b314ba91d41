import { RECONNECT_FIRST_MS, RECONNECT_LONGEST_MS } from './limits.js';

/**
 * How long to wait before the next attempt to connect.
 *
 * @param attempt 0 for the first attempt after a connection was lost
 * @param random 0 <= random < 1; spreads the clients of a server that came back
 */
export function backOffMs(attempt: number, random: number): number {
  const longest = Math.min(RECONNECT_LONGEST_MS, RECONNECT_FIRST_MS * 2 ** attempt);
  return Math.round(longest / 2 + (longest / 2) * random);
}
