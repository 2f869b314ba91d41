/** Of so many messages that enter from outside one is traced, unless settings say otherwise. */
export const SAMPLE_EVERY = 1_000;

/** Parts of traces a tenant may have recorded for good: one store commit carries them all, so this is about disk, not speed. */
export const TRACES_PER_SECOND = 20;

/** Parts of traces in a row, after a quiet time: as many as ten seconds allow. */
export const TRACES_BURST = 200;

/** Originators remembered as traced in this hour; beyond it the first message of others is not recorded for being the first. */
export const ORIGINATORS_REMEMBERED_MAX = 100_000;

/** Tenants whose use is counted; the one that was counted first is forgotten, and begins with a full budget. */
export const TENANTS_MAX = 10_000;

/** Debug events of a tenant in a period (rule-engine.md §9). */
export const DEBUG_EVENTS_MAX = 50_000;
export const DEBUG_PERIOD_MS = 3_600_000;

/** Longest text of data, metadata and error in a debug event (rule-engine.md §9). */
export const DEBUG_CHARACTERS_MAX = 4_096;

export const HOUR_MS = 3_600_000;
