import type { TypedValue } from './value.js';
import { ValueKind } from './value.js';

/**
 * Server attributes of a device that have to do with claiming, named as ThingsBoard names them: the offer that stands, and
 * whether the device may make one where not every device may.
 */
export const claimAttributes = { offer: 'claimingData', isAllowed: 'claimingAllowed' } as const;

/** Server attribute of a device profile that holds what was learned from messages of all its devices, whosever they are. */
export const learnedTypesAttribute = 'fieldlineLearnedTypes';

/** Attributes that hold a secret: customers' users never see them, and no log has their values. */
export const secretAttributes: ReadonlySet<string> = new Set([claimAttributes.offer, learnedTypesAttribute]);

/** A device offers itself to the customer who knows its secret. */
export interface ClaimOffer {
  /** May be empty: then the name of the device is enough. */
  readonly secretKey: string;
  /** Last moment at which it may be claimed. */
  readonly untilMs: number;
}

/** The offer as its attribute holds it: `{"secretKey":"…","expirationTime":…}`. */
export function claimOfferValue({ secretKey, untilMs }: ClaimOffer): TypedValue {
  return { kind: ValueKind.json, value: JSON.stringify({ secretKey, expirationTime: untilMs }) };
}

/** Reads the attribute, also as people write it, with a time as text; undefined where it is no offer. */
export function claimOfferOf({ value }: TypedValue): ClaimOffer | undefined {
  const parsed = objectOf(value);
  const { secretKey = '', expirationTime } = parsed ?? {};
  const isTime = typeof expirationTime === 'number' || (typeof expirationTime === 'string' && /^\d{1,16}$/.test(expirationTime));
  return typeof secretKey === 'string' && isTime ? { secretKey, untilMs: Number(expirationTime) } : undefined;
}

function objectOf(value: TypedValue['value']): { readonly secretKey?: unknown; readonly expirationTime?: unknown } | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    // The only thing the parser throws says that this is no JSON, so people wrote something else.
    return undefined;
  }
}
