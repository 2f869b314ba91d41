// Goal: what fuzzing (dev/fuzz.ts) once found stays mended. Method: the smallest such request, over HTTP.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nestsDeeperThan } from './json-nesting.js';
import { REST_BODY_DEPTH_MAX } from './limits.js';
import { type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
beforeAll(async () => {
  rest = await startRest();
});
afterAll(() => rest.close());

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('bodies that are nested deeply', () => {
  it.each([255, 256, 10_000])('%i levels', async (levels) => {
    const body = `{"name":"Nested ${levels}","additionalInfo":{"a":${nested(levels - 2)}}}`;
    const answer = await rest.call('POST', '/api/device', { token: rest.admin, body });
    if (levels <= REST_BODY_DEPTH_MAX) expect(answer.status).toBe(200);
    else expect(answer).toMatchObject({ status: 400, body: { errorCode: 31, message: 'The body is nested deeper than 255 levels.' } });
  });

  it('are refused also where the body is taken as text', async () => {
    const path = `/api/plugins/telemetry/TENANT/${rest.one.tenantId}/SERVER_SCOPE`;
    for (const type of ['application/json', 'text/plain']) {
      const sent = { token: rest.system, body: `{"a":${nested(10_000)}}`, headers: { 'content-type': type } };
      expect(await rest.call('POST', path, sent)).toMatchObject({ status: 400, text: expect.stringContaining('nested deeper than 255') });
    }
  });

  it.each([
    ['[[]]', 2, false],
    ['[[]]', 1, true],
    ['{"a":{"b":[1]}}', 2, true],
    ['[],[],[]', 1, false],
    ['["[[[", "\\"[[[", "\\\\", []]', 2, false],
    ['"[[[', 1, false],
  ])('%s is deeper than %i: %s', (text, depthMax, isDeeper) => {
    expect(nestsDeeperThan(text, depthMax)).toBe(isDeeper);
  });
});
