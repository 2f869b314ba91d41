// Goal: only whole days within bounds come in, and who does not know the field takes nothing away. Method: bodies of both profiles.
import { TELEMETRY_TTL_DAYS_MAX } from '@fieldline/model';
import { expect, test } from 'vitest';
import { assetProfileDraftOf, assetProfileSaveSchema } from './asset-profile.js';
import { deviceProfileSaveSchema } from './device-profile.js';
import { deviceProfileDraftOf } from './drafts.js';

const body = (telemetryTtlDays?: unknown) => ({ name: 'p', type: 'DEFAULT', transportType: 'DEFAULT', telemetryTtlDays });
const days = (said?: unknown) => [
  deviceProfileDraftOf(deviceProfileSaveSchema.parse(body(said))).telemetryTtlDays,
  assetProfileDraftOf(assetProfileSaveSchema.parse(body(said))).telemetryTtlDays,
];

test('days are taken as they are, null takes them away, and nothing says nothing', () => {
  expect([days(1), days(TELEMETRY_TTL_DAYS_MAX), days(0), days(null), days()]).toEqual([
    [1, 1],
    [TELEMETRY_TTL_DAYS_MAX, TELEMETRY_TTL_DAYS_MAX],
    [0, 0],
    [0, 0],
    [undefined, undefined],
  ]);
});

test.each([-1, 0.5, TELEMETRY_TTL_DAYS_MAX + 1, '7', true])('%j is refused with the bounds', (said) => {
  for (const schema of [deviceProfileSaveSchema, assetProfileSaveSchema]) {
    expect(schema.safeParse(body(said)).error?.issues[0]?.message).toBe('telemetryTtlDays must be a whole number from 0 to 36500');
  }
});
