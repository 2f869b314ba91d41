import type { UserCredentials } from './entities/user.js';

// Tokens count whole seconds. One that is made in the second in which older ones became void says the next second: a client
// that signs in again at once must not get a void token. So a token may say a time that is still to come.

/** The instant up to which tokens of these credentials are void. */
export function tokensVoidUntil({ passwordChangedAtMs, tokensVoidBeforeMs = 0 }: UserCredentials): number {
  return Math.max(passwordChangedAtMs, tokensVoidBeforeMs);
}

/** The time that a token says which is made now, in seconds. */
export function tokenSecond(nowMs: number, voidUntilMs: number): number {
  return Math.max(Math.floor(nowMs / 1000), secondAfter(voidUntilMs));
}

/** The instant to remember so that every token made until now is void, those included that say a time still to come. */
export function voidTokensNow(nowMs: number, voidUntilMs: number): number {
  return Math.max(nowMs, secondAfter(voidUntilMs) * 1000);
}

function secondAfter(ms: number): number {
  return Math.floor(ms / 1000) + 1;
}
