// Goal: what a device or a person puts into the attribute is read back, and nothing else passes for an offer. Method: examples.
import { expect, test } from 'vitest';
import { claimOfferOf, claimOfferValue } from './claim-offer.js';
import { ValueKind } from './value.js';

test('an offer is read back as it was kept, in the form that ThingsBoard has', () => {
  const offer = { secretKey: 'a "quoted" key', untilMs: 1_700_000_000_000 };
  const kept = claimOfferValue(offer);
  expect(JSON.parse(String(kept.value))).toEqual({ secretKey: offer.secretKey, expirationTime: offer.untilMs });
  expect(claimOfferOf(kept)).toEqual(offer);
});

test.each([
  ['{"secretKey":"k","expirationTime":"1700000000000"}', { secretKey: 'k', untilMs: 1_700_000_000_000 }],
  ['{"expirationTime":5}', { secretKey: '', untilMs: 5 }],
])('%s is an offer that a person wrote', (value, offer) => {
  expect(claimOfferOf({ kind: ValueKind.json, value })).toEqual(offer);
});

test.each(['', 'open', 'null', '[]', '{"secretKey":"k"}', '{"secretKey":1,"expirationTime":5}', '{"expirationTime":"soon"}', 5, true])(
  '%j is no offer',
  (value) => {
    expect(claimOfferOf({ kind: ValueKind.string, value })).toBeUndefined();
  },
);
