/** Longest template of a topic or key; what it becomes has limits of its own. */
export const TEMPLATE_LENGTH_MAX = 10_000;

/** Servers a node may name to begin with; any of them tells the others. */
export const BOOTSTRAP_SERVERS_MAX = 32;

/** Longest topic name that Kafka takes. */
export const TOPIC_LENGTH_MAX = 249;

/** How long one batch may take from hand-over to confirmation, unless `delivery.timeout.ms` says otherwise, and at most. */
export const DELIVERY_MS = 30_000;
export const DELIVERY_MS_MAX = 300_000;

/** Bytes in one request, unless `max.request.size` says otherwise: what a broker takes as it is installed, less some room for its frame. */
export const REQUEST_BYTES = 1_000_000;
export const REQUEST_BYTES_MAX = 16_000_000;

/** Bytes that a record needs besides key, value and headers, generously. */
export const RECORD_OVERHEAD_BYTES = 64;

/** Retries inside one send, at least: with fewer, the client takes them for "without end" where it is idempotent (docs/adr/0009). */
export const RETRIES_MIN = 2;
export const RETRIES_MAX = 1_000;

/** Looks for a topic that the cluster makes when it is first asked for; it needs a moment. */
export const TOPIC_TRIES = 5;

/** Pause between retries. */
export const RETRY_PAUSE_MS = 300;

export const CONNECT_MS = 5_000;
export const METADATA_AGE_MS = 300_000;

/** Longest wait for more records before a batch is sent. */
export const LINGER_MS_MAX = 60_000;

/** How long closing waits for records under way. */
export const CLOSE_MS_MAX = 5_000;
