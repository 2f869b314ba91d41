/** Longest name of a package without its scope: it stands before every node type, and in the folder of plugins. */
export const PACKAGE_NAME_MAX = 64;

/** Longest name of a node: its title may have 40 characters. */
export const NODE_NAME_MAX = 40;

/** Most nodes made at once; more are added one by one. */
export const NODES_MAX = 20;

/** Longest place to take the SDK from. */
export const SDK_PLACE_MAX = 1_000;

/** Longest index that a node is added to. */
export const INDEX_CHARACTERS_MAX = 1_000_000;
