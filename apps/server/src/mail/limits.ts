/** Mails that are on their way at once; further ones wait. A mail server takes a few connections of one client, no more. */
export const MAILS_UNDER_WAY_MAX = 4;
/** Mails that wait; further ones are refused. */
export const MAILS_WAITING_MAX = 1_000;

/** Mails of rule nodes that are on their way at once: the nodes of all tenants share the places, and their servers may be slow. */
export const NODE_MAILS_UNDER_WAY_MAX = 16;

/** Addresses that one mail goes to; mail servers take about as many (RFC 5321 §4.5.3.1.8 asks for 100 at least). */
export const RECIPIENTS_MAX = 500;

/** Longest wait for a mail server, also where a node sets no limit. */
export const MAIL_TIMEOUT_MAX_MS = 120_000;
