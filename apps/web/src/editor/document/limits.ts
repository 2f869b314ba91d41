/** Steps that undo goes back. Each holds only what it changed, so a thousand moves of one node are some hundred kilobytes. */
export const HISTORY_STEPS_MAX = 500;

/** A pause in typing that begins a new step: about as long as a person thinks between two words. */
export const TYPING_PAUSE_MS = 600;

/** Text accepted from the clipboard. A chain of 3,000 nodes with scripts stays below it; more would freeze the page while parsing. */
export const PASTE_CHARACTERS_MAX = 10_000_000;

/** Nodes accepted in one paste: the largest chain the canvas is made for. */
export const PASTE_NODES_MAX = 3_000;
