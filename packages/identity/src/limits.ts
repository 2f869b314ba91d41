/** Wrong passwords in a row before the user is locked: far above what typing errors make, far below what guessing needs. */
export const WRONG_PASSWORDS_MAX = 10;
/** How long a locked user stays locked. Short, because anybody can lock anybody by guessing. */
export const LOCK_MS = 5 * 60_000;

/** Sign-ins that were ended and are remembered one by one. One more, and all tokens of the user become void instead. */
export const ENDED_SESSIONS_MAX = 300;

/** Characters of a generated password: 119 bits. */
export const GENERATED_PASSWORD_LENGTH = 20;

/** Characters of tokens in links: 178 bits. */
export const LINK_TOKEN_LENGTH = 30;
/** How long such a link works, as in ThingsBoard. */
export const LINK_TTL_MS = 24 * 3_600_000;

/** Lost passwords that a user may report, and links to set a new one that may be opened: a mailbox is not to be flooded. */
export const PASSWORD_RESETS = { capacity: 5, windowMs: 3_600_000 } as const;
/** Reports of lost passwords that are worked on at once; further ones are dropped, and logged. */
export const RESETS_UNDER_WAY_MAX = 100;

/** Characters of an API key: 286 bits. */
export const API_KEY_LENGTH = 48;
/** API keys a user may have. */
export const API_KEYS_PER_USER_MAX = 100;

/** Earlier passwords that are compared with a new one; each costs a hash. */
export const EARLIER_PASSWORDS_MAX = 10;

/** How long settings are trusted when no event says that they changed: events may get lost. */
export const SETTINGS_TRUSTED_MS = 30_000;

/** Parts into which a rate limit cuts its window. More count more exactly and cost more memory. */
export const RATE_WINDOW_SLICES = 20;
/** Keys a rate limiter counts at once; beyond, the one unused for longest starts afresh. */
export const RATE_KEYS_MAX = 10_000;

/** Wrong answers of a key that is no key are cheap to count: none of ours is longer. */
export const API_KEY_CHARACTERS_MAX = 255;
