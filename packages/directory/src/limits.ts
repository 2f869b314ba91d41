/** Characters of a generated access token, as in ThingsBoard: 119 bits. */
export const ACCESS_TOKEN_LENGTH = 20;

/** Devices or assets read at once when a renamed profile renames their type; keeps one write in the low megabytes. */
export const RENAMED_PER_WRITE = 1_000;

/** Queues the system, or one tenant, may have: each partition in use costs memory and, over Redis, connections. */
export const QUEUES_OF_OWNER_MAX = 50;

/** Complaints about a chain that one answer tells; more do not help to correct it. */
export const COMPLAINTS_TOLD_MAX = 20;

/** Attempts of a save without a version, when others change the same entity at the same moment. */
export const SAVE_ATTEMPTS_MAX = 5;

/** Profiles or rule chains that lose the flag of being the default or root one to another: there is one, or a mistake of few. */
export const FORMER_DEFAULTS_MAX = 100;

/** Longest name of an entity, as the schemas of the model have it. */
export const NAME_LENGTH_MAX = 255;

/** Random characters behind a name that was taken, as in ThingsBoard. */
export const UNIQUIFY_RANDOM_LENGTH = 6;

/** Names asked for at once, and in all, to find a free one. */
export const NAMES_PROBED_AT_ONCE = 200;
export const NAMES_PROBED_MAX = 100_000;

/** Rule chains read at once when one is looked for that has a node; their documents may be large. */
export const CHAINS_READ_AT_ONCE = 50;

/** Levels of relations that a search follows, and entities it returns. */
export const RELATION_LEVELS_MAX = 50;
export const RELATED_MAX = 10_000;

/** Device profiles among which a Kaa application version is looked for. */
export const PROFILES_OF_TENANT_MAX = 10_000;

/** Profiles whose names one list tells. */
export const PROFILE_NAMES_MAX = 10_000;

/** Entity views read at once to find out their types. */
export const VIEWS_READ_AT_ONCE = 1_000;

/** Tenants read at once when one is looked for that has a profile. */
export const TENANTS_READ_AT_ONCE = 1_000;

/** Ids of files read at once when those of a tenant are removed. */
export const BLOBS_LISTED_AT_ONCE = 1_000;

/** Entities and users taken from a removed customer at once; keeps one write in the low megabytes. */
export const UNASSIGNED_PER_WRITE = 500;
/** Dashboards taken from it at once: their documents may have megabytes. */
export const UNASSIGNED_DASHBOARDS_PER_WRITE = 20;

/** Customers one dashboard is assigned to, as the schema of the model has it. */
export const DASHBOARD_CUSTOMERS_MAX = 10_000;

/** Entities of a kind read at once to see which of them a caller may read. */
export const READABLE_READ_AT_ONCE = 500;

/** Devices whose activity is looked at at once. */
export const DEVICES_SIFTED_AT_ONCE = 1_000;

/** Longest description that an import takes. */
export const DESCRIPTION_LENGTH_MAX = 4_096;

/** Packages of one profile that a count of devices asks for. */
export const PACKAGES_COUNTED_MAX = 10_000;

/** Characters of an activation token: 178 bits. How long its link works, as in ThingsBoard. */
export const LINK_TOKEN_LENGTH = 30;
export const ACTIVATION_TTL_MS = 24 * 3_600_000;
/** A link with less time left is replaced when it is asked for: nobody sets a password in no time. */
export const ACTIVATION_LEFT_MIN_MS = 15 * 60_000;

/** Users of each sort that are read to find those to whom an alarm may be assigned. */
export const ASSIGNABLE_USERS_MAX = 10_000;

/** Length of the settings that a client keeps for a user, as JSON. */
export const USER_SETTINGS_CHARACTERS_MAX = 65_536;
/** Fields a path leads through, as many as a body may nest: what reads documents level by level has stack for that. */
export const USER_SETTINGS_DEPTH_MAX = 255;

/** Dashboards remembered of a user: opened last, and starred. */
export const USER_DASHBOARDS_MAX = 10;

/** Devices whose keys one answer collects. */
export const KEYS_OF_DEVICES_MAX = 10_000;

/** Entities whose keys one question tells, as in ThingsBoard: people choose keys from what a few of a kind have. */
export const KEY_ENTITIES_MAX = 100;

/** Events whose bodies are looked at, or that are removed, at once: 5 ms of the thread. */
export const EVENTS_SIFTED_AT_ONCE = 1_000;
/** Events of an entity that are looked at for the total of a list whose page is full; what is beyond is not counted. */
export const EVENTS_COUNTED_MAX = 2_500;
/** Events of an entity that are looked at for one list: about a second. Who looks for older ones names the time. */
export const EVENTS_SIFTED_MAX = 200_000;

/**
 * Entities of which the engine keeps customer and profile, and those that it keeps whole, for its rule nodes: about 300 bytes
 * and 2 kB each. One that is longer is read anew each time.
 */
export const OWNERS_KEPT_MAX = 100_000;
export const ENTITIES_KEPT_MAX = 10_000;
export const ENTITY_KEPT_CHARACTERS_MAX = 8_192;
/** Entities of which the engine keeps the relations in one direction, and relations of one that has few: 350 bytes each. */
export const RELATIONS_KEPT_MAX = 10_000;
export const RELATIONS_OF_ONE_KEPT_MAX = 25;
/** Tenants of which it is noted when their relations changed; beyond them all are read anew. */
export const TENANTS_NOTED_MAX = 10_000;
/** How long at most, so that an event that is lost costs time, never truth (design.md §1). */
export const KEPT_MS = 30_000;

/** Entities that a relations query of a rule node gives at most, as its service promises. */
export const NODE_RELATED_MAX = 1_000;

/** Views of one entity that a rule node may ask for. */
export const NODE_VIEWS_MAX = 1_000;
