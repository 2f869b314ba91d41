/** Longest template of a topic. */
export const TEMPLATE_LENGTH_MAX = 10_000;

/** MQTT carries topics in texts of at most so many bytes. */
export const TOPIC_BYTES_MAX = 65_535;

/** Longest client id: by the standard of MQTT 3.1, and beyond it by ThingsBoard. */
export const CLIENT_ID_LENGTH_MAX = { MQTT_3_1: 23, MQTT_3_1_1: 256, MQTT_5: 256 } as const;

/** Characters of a client id, or of its suffix, that the node chooses itself. */
export const RANDOM_ID_LENGTH = 20;
export const RANDOM_SUFFIX_LENGTH = 6;

/** Messages of one node that wait for their confirmation at once, at most; a broker of MQTT 5 may ask for fewer. */
export const IN_FLIGHT_MAX = 100;

/** How long one batch may take to be confirmed. */
export const CONFIRM_MS_MAX = 30_000;

/** How often broker and node show each other that they are there. Seconds. */
export const KEEPALIVE_S = 30;

/** How long closing waits for messages under way. */
export const CLOSE_MS_MAX = 5_000;

/** Bytes that a PUBLISH needs besides topic and payload, at most. */
export const PACKET_OVERHEAD_BYTES = 16;
