// Goal: the command works as it is pasted, but for the key. Method: its text.
import { expect, test } from 'vitest';
import { sendCommand } from './how-to-send.js';

test('a reading is sent to the entity at the address that the page came from', () => {
  expect(sendCommand('https://iot.example', { entityType: 'ASSET', id: 'a1' })).toBe(
    "curl https://iot.example/api/plugins/telemetry/ASSET/a1/timeseries/ANY \\\n  -H 'X-Authorization: ApiKey YOUR_KEY' " +
      `-H 'Content-Type: application/json' \\\n  -d '{"temperature":21.5}'`,
  );
});
