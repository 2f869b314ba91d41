/** Keys remembered as valid, so that the check costs one look-up on the hot path; the oldest half goes when it is full. */
export const KNOWN_KEYS_MAX = 50_000;

/** Entities watched at once by all live subscriptions of a process; one more is refused. */
export const WATCHED_ENTITIES_MAX = 100_000;

/** How often it is noted that a device is active, as in ThingsBoard: often enough for people, seldom enough for the disk. */
export const ACTIVITY_REPORT_MS = 3_000;

/** Devices whose presence is written in one commit: small, so that readings do not wait behind it. */
export const STATES_PER_COMMIT = 250;

/** Devices whose rule chain is remembered after their session ended; beyond it all are forgotten and learnt anew. */
export const REMEMBERED_CHAINS_MAX = 200_000;

/** Profiles whose Kaa series sessions share; beyond it all are forgotten and learnt anew. */
export const KAA_SERIES_SHARED_MAX = 10_000;

/** Keys that are known of a profile; one more takes the place of that not seen for longest. */
export const LEARNED_KEYS_MAX = 200;
/** Profiles that are learned about: with all their keys about 100 kB each. */
export const LEARNED_PROFILES_MAX = 1_000;
/** Devices of a profile that are kept an eye on: a bit of a key for each. */
export const LEARNED_DEVICES = 64;
/** Silence after which a device no longer counts among them: it was removed, or has another profile. */
export const LEARNED_DEVICE_SILENT_MS = 30 * 86_400_000;
/** How often silent ones are looked for. */
export const LEARNED_SILENCE_LOOK_MS = 86_400_000;
/** Members of a message that are looked at. */
export const LEARNED_MEMBERS_MAX = 100;
/** Messages after which those before count half. */
export const LEARNED_MESSAGES_FADE = 10_000;
/** Share of the values of a key below which a kind is forgotten: it no longer has it. */
export const LEARNED_KIND_SHARE_MIN = 0.0001;
/** How far apart the messages are that are looked at; of more profiles than that they are that many ms apart. */
export const LEARNED_SAMPLE_MS = 10;
/** Of that time, how often it may pass until the next message is looked at anyhow. */
export const LEARNED_PAUSE_INTERVALS = 100;
/** Messages of a profile that are looked at however fast they come, from the start of the server on. */
export const LEARNED_FIRST = 100;
/** Messages of which one is looked at, at most. */
export const LEARNED_STRIDE_MAX = 4_096;
/** Values of a key that are told, and characters of one. */
export const EXAMPLES_MAX = 3;
export const EXAMPLE_CHARACTERS_MAX = 48;
/** Characters of it with what stands around a text that was cut. */
export const EXAMPLE_LENGTH_MAX = EXAMPLE_CHARACTERS_MAX + 2;
/** How often what was learned is written, and profiles in one commit. */
export const LEARNED_SAVE_MS = 300_000;
export const LEARNED_SAVED_AT_ONCE = 20;
/** Devices of a profile whose stored values are looked at for one answer. */
export const PROFILE_DEVICES_LOOKED_AT = 50;
/** Keys that are told of stored telemetry, besides those of messages, and of each scope of attributes: more than anybody chooses from. */
export const STORED_KEYS_TOLD_MAX = 500;
