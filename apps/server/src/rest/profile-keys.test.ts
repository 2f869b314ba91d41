// Goal: what is known of the keys of a profile is told to its tenant. Method: stored values, and what an engine would have
// learned, over HTTP.
import { ValueKind } from '@fieldline/model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deviceEntity, type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
let profileId = '';
beforeAll(async () => {
  rest = await startRest();
  const { body } = await rest.call('POST', '/api/device', { token: rest.admin, body: { name: 'Device' } });
  profileId = body.deviceProfileId.id;
  rest.learned.set(profileId, {
    messages: 100,
    devices: 4,
    keys: [
      {
        ...{ key: 't', range: { min: -3, max: 40.5 }, lastSeenMs: 5, messages: 98, devices: 4, examples: [23.4] },
        kinds: [
          { kind: ValueKind.double, count: 90 },
          { kind: ValueKind.string, count: 10 },
        ],
      },
    ],
  });
  await rest.commit((unit, tenantId) => {
    const entity = deviceEntity(body.id.id);
    unit.point(tenantId, entity, 'average', 7, ValueKind.long, 3, 0);
    unit.attribute({ tenantId, entity, scope: 'SHARED_SCOPE', key: 'mode', kind: ValueKind.string, value: 'eco', lastUpdateMs: 9 });
  });
});
afterAll(() => rest.close());
const get = (token: string, id = profileId) => rest.call('GET', `/api/fieldline/deviceProfile/${id}/keys`, { token });

it('tells keys of telemetry and of each scope of attributes', async () => {
  const { status, body } = await get(rest.admin);
  expect(status).toBe(200);
  expect(body).toEqual({
    telemetry: [
      {
        ...{ key: 't', min: -3, max: 40.5, lastSeenTs: 5, messageShare: 0.98, deviceShare: 1, examples: [23.4] },
        kinds: [
          { kind: 'double', share: 0.9 },
          { kind: 'string', share: 0.1 },
        ],
      },
      {
        ...{ key: 'average', min: 3, max: 3, lastSeenTs: 7, messageShare: null, deviceShare: 1, examples: [3] },
        kinds: [{ kind: 'long', share: 1 }],
      },
    ],
    attributes: {
      CLIENT_SCOPE: [],
      SHARED_SCOPE: [
        {
          ...{ key: 'mode', min: null, max: null, lastSeenTs: 9, messageShare: null, deviceShare: 1, examples: ['eco'] },
          kinds: [{ kind: 'string', share: 1 }],
        },
      ],
      SERVER_SCOPE: [],
    },
  });
});

it('tells nobody of other tenants, and no customer', async () => {
  expect([(await get(rest.stranger)).status, (await get(rest.customer)).status, (await get(rest.admin, rest.one.tenantId)).status]).toEqual([
    404, 403, 404,
  ]);
});
