/** Anything JSON can say. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** The stored kinds of a value. The numbers are part of the data format: never change one. */
export const ValueKind = { boolean: 1, long: 2, double: 3, string: 4, json: 5 } as const;
export type ValueKind = (typeof ValueKind)[keyof typeof ValueKind];

/**
 * The value itself: a boolean; for `long` a number, or a bigint where it is beyond 2^53; for `double` a
 * number; for `string` the text; for `json` compact JSON text.
 */
export type StoredValue = boolean | number | bigint | string;

/** A value with its kind, as stored: 42 and 42.0 and "42" are three different values. */
export interface TypedValue {
  readonly kind: ValueKind;
  readonly value: StoredValue;
}

/** One value of one key at one time. */
export interface DataPoint extends TypedValue {
  readonly key: string;
  readonly tsMs: number;
}
