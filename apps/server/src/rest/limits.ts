/** Longest request body, as in ThingsBoard: rule chains of some thousand nodes fit. */
export const REST_BODY_BYTES_MAX = 16_777_216;

/** Longest path parameter: ids have 36 characters, class names of node types up to 255. */
export const REST_PARAMETER_LENGTH_MAX = 300;
