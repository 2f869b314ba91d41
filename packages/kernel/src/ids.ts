declare const brand: unique symbol;

/** A type that only a parser can make: the text or number inside is what the brand says. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Makes identifiers. Injected, so that a run replays from a seed. */
export interface IdSource {
  /** A UUID version 7 as lower-case text; later calls sort after earlier ones of the same source. */
  next(): string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for a UUID of any version as lower-case text. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** The counter after the time has 12 bits; beyond it the source borrows the next millisecond. */
const COUNTER_MAX = 0xfff;

/**
 * UUID version 7 source (RFC 9562 §5.7). The 12 bits after the time are a counter that starts again with every
 * millisecond (§6.2 method 1), so ids made within one millisecond still sort in the order they were made. A clock
 * that goes back, and more than 4,096 ids in a millisecond, keep the order too: the time in the ids then runs
 * ahead of the clock until the clock has caught up.
 *
 * @param nowMs the clock, milliseconds since 1970
 * @param randomBytes fills the array it is given; 8 bytes are asked for at a time
 */
export function uuidV7Source(nowMs: () => number, randomBytes: (into: Uint8Array) => void): IdSource {
  const random = new Uint8Array(8);
  let idMs = -1;
  let counter = 0;
  return {
    next(): string {
      const clockMs = nowMs();
      if (clockMs > idMs) {
        idMs = clockMs;
        counter = 0;
      } else if (counter < COUNTER_MAX) {
        counter += 1;
      } else {
        idMs += 1;
        counter = 0;
      }
      randomBytes(random);
      const time = idMs.toString(16).padStart(12, '0');
      const sequence = counter.toString(16).padStart(3, '0');
      const variant = hex[((random[0] ?? 0) & 0x3f) | 0x80];
      let node = '';
      for (let i = 2; i < 8; i += 1) node += hex[random[i] ?? 0];
      return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence}-${variant}${hex[random[1] ?? 0]}-${node}`;
    },
  };
}
