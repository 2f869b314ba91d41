/** Longest template of an exchange name or routing key. */
export const TEMPLATE_LENGTH_MAX = 10_000;

/** AMQP carries the names of exchanges and routing keys in texts of at most so many bytes. */
export const NAME_BYTES_MAX = 255;

/** How long one batch may take to be confirmed. A broker that is short of memory or disk confirms nothing for as long as that lasts. */
export const CONFIRM_MS_MAX = 30_000;

/** Bounds of the time for connecting, whatever the settings say; 0 there means "no limit". */
export const CONNECT_MS_MIN = 100;
export const CONNECT_MS_MAX = 120_000;

/** How often broker and node show each other that they are there. Seconds. */
export const HEARTBEAT_S = 30;

/** How long closing waits for messages under way. */
export const CLOSE_MS_MAX = 5_000;
