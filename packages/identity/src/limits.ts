/** Shortest and longest password, as in ThingsBoard: longer ones add nothing, and hashing stays bounded. */
export const PASSWORD_LENGTH_MIN = 6;
export const PASSWORD_LENGTH_MAX = 72;

/** Wrong passwords in a row before the user is locked: far above what typing errors make, far below what guessing needs. */
export const WRONG_PASSWORDS_MAX = 10;
/** How long a locked user stays locked. Short, because anybody can lock anybody by guessing. */
export const LOCK_MS = 5 * 60_000;

/** Life of the tokens, as in ThingsBoard. */
export const ACCESS_TOKEN_SECONDS = 9_000;
export const REFRESH_TOKEN_SECONDS = 604_800;

/** Sign-ins that were ended and are remembered one by one. One more, and all tokens of the user become void instead. */
export const ENDED_SESSIONS_MAX = 300;

/** Characters of a generated password: 119 bits. */
export const GENERATED_PASSWORD_LENGTH = 20;
