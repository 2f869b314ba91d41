/** Longest template, key file or list that settings may have. */
export const TEXT_LENGTH_MAX = 100_000;

/** Longest prompt, as ThingsBoard has it. */
export const PROMPT_LENGTH_MAX = 500_000;

/** Entries of a mapping or a list. */
export const ENTRIES_MAX = 1_000;
