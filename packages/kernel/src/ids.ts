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

/** Bytes of randomness in an id, of which two bits are not used. */
const RANDOM_PER_ID = 8;
const IDS_PER_DRAW = 512;

/**
 * UUID version 7 source (RFC 9562 §5.7). The 12 bits after the time are a counter that starts again with every
 * millisecond (§6.2 method 1), so ids made within one millisecond still sort in the order they were made. A clock
 * that goes back, and more than 4,096 ids in a millisecond, keep the order too: the time in the ids then runs
 * ahead of the clock until the clock has caught up.
 *
 * @param nowMs the clock, milliseconds since 1970
 * @param randomBytes fills the array it is given; asked for 512 ids at a time, because each call costs more than the id
 */
export function uuidV7Source(nowMs: () => number, randomBytes: (into: Uint8Array) => void): IdSource {
  const random = new Uint8Array(RANDOM_PER_ID * IDS_PER_DRAW);
  let at = random.length;
  let idMs = -1;
  let time = '';
  let counter = 0;
  const moveTo = (ms: number): void => {
    idMs = ms;
    counter = 0;
    const digits = ms.toString(16).padStart(12, '0');
    time = `${digits.slice(0, 8)}-${digits.slice(8)}`;
  };
  return {
    next(): string {
      const clockMs = nowMs();
      if (clockMs > idMs) moveTo(clockMs);
      else if (counter < COUNTER_MAX) counter += 1;
      else moveTo(idMs + 1);
      if (at === random.length) {
        randomBytes(random);
        at = 0;
      }
      const variant = hex[((random[at] ?? 0) & 0x3f) | 0x80];
      const second = hex[random[at + 1] ?? 0];
      let node = '';
      for (let i = at + 2; i < at + RANDOM_PER_ID; i += 1) node += hex[random[i] ?? 0];
      at += RANDOM_PER_ID;
      return `${time}-7${hex[counter >> 8]?.[1]}${hex[counter & 0xff]}-${variant}${second}-${node}`;
    },
  };
}
