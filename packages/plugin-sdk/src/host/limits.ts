/** Scripts of one node that stay compiled. A node has one or two; each costs a sandbox of its own. */
export const SCRIPTS_PER_NODE_MAX = 8;
