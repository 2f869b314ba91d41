/** Rows of one page of the table: about two screens. */
export const ROWS_PER_PAGE = 50;

/** Keys that one file may hold: as many as a sheet can be read with, and each has a request under way. */
export const EXPORT_KEYS_MAX = 100;

/** Readings in one file: a spreadsheet holds 1,048,576 rows. More is a matter for `fieldline export`, which writes beside the server. */
export const EXPORT_READINGS_MAX = 1_000_000;

/** Characters in one file, which the browser keeps until it is saved. */
export const EXPORT_CHARACTERS_MAX = 200_000_000;

/** Readings asked for at once: first few, as nobody knows how long they are, then as many as come to about a megabyte. */
export const EXPORT_PAGE_FIRST = 500;
export const EXPORT_PAGE_MAX = 20_000;
export const EXPORT_PAGE_CHARACTERS = 1_000_000;

/** Characters written together: rows are put together in memory and handed on in pieces. */
export const EXPORT_PIECE_CHARACTERS = 262_144;
