// Goal: whoever knows the id of a public customer looks at what it has and changes nothing (rest-api.md §4). Method: a running
// API over memory stores, a public device with an alarm and a comment, and every way to change them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
let anybody: string;
let device: string;
let alarm: string;
beforeAll(async () => {
  rest = await startRest();
  device = (await admin('POST', '/api/device', { name: 'Shown to everybody' })).body.id.id;
  const publicId = (await admin('POST', `/api/customer/public/device/${device}`)).body.customerId.id;
  alarm = (await admin('POST', '/api/alarm', draft('Hot'))).body.id.id;
  anybody = (await rest.call('POST', '/api/auth/login/public', { body: { publicId } })).body.token;
});
afterAll(() => rest.close());

const admin = (method: string, path: string, body?: unknown) => rest.call(method, path, { token: rest.admin, body });
const call = (method: string, path: string, body?: unknown) => rest.call(method, path, { token: anybody, body });
const draft = (type: string) => ({ type, originator: { entityType: 'DEVICE', id: device }, severity: 'CRITICAL' });
const ofAlarm = (rest: string) => `/api/alarm/${alarm}${rest}`;

describe('a caller of the public customer', () => {
  it('sees its device, the alarms of it and their comments', async () => {
    for (const path of [`/api/device/${device}`, ofAlarm(''), ofAlarm('/comment?pageSize=10&page=0')]) {
      expect(await call('GET', path)).toMatchObject({ status: 200 });
    }
  });

  it('changes no alarm, and writes nothing at one', async () => {
    const before = (await admin('GET', ofAlarm(''))).body;
    const attempts: readonly (readonly [string, string, unknown?])[] = [
      ['POST', '/api/alarm', draft('Made by nobody')],
      ['POST', '/api/alarm', { ...draft('Hot'), severity: 'MINOR' }],
      ['POST', ofAlarm('/ack')],
      ['POST', ofAlarm('/clear')],
      ['POST', ofAlarm('/shelve'), { reason: 'r', untilTs: Date.now() + 60_000 }],
      ['DELETE', ofAlarm('/shelve')],
      ['DELETE', ofAlarm('/assign')],
      ['POST', ofAlarm('/comment'), { comment: { text: 'written by nobody' } }],
      ['DELETE', ofAlarm('')],
    ];
    for (const [method, path, body] of attempts) {
      expect([method, path, (await call(method, path, body)).status]).toEqual([method, path, 403]);
    }
    expect((await admin('GET', ofAlarm(''))).body).toEqual(before);
    expect((await admin('GET', ofAlarm('/comment?pageSize=10&page=0'))).body.data).toEqual([]);
    expect((await admin('GET', '/api/alarms?pageSize=10&page=0')).body.totalElements).toBe(1);
  });
});
