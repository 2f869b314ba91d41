import { expect, test } from 'vitest';
import { connectProtocols, quote } from './connect-commands.js';

const endpoints = { host: '192.168.1.20', http: 8080, mqtt: 1883, coap: 5683, broker: null, kaa: true };
const commandsOf = (id: string, over = {}) => {
  const protocols = connectProtocols({ endpoints: { ...endpoints, ...over }, token: 'T0ken', appVersion: 'greenhouse' });
  return protocols.find((protocol) => protocol.id === id);
};

test('the commands carry the real host, port and token', () => {
  expect(commandsOf('mqtt')?.commands[0]?.command).toContain('-h 192.168.1.20 -p 1883 \\\n  -u T0ken');
  expect(commandsOf('http')?.commands[0]?.command).toContain('http://192.168.1.20:8080/api/v1/T0ken/telemetry');
  expect(commandsOf('coap')?.commands[0]?.command).toContain('coap://192.168.1.20:5683/api/v1/T0ken/telemetry');
  expect(commandsOf('kaa')?.commands[0]?.command).toContain('kp1/greenhouse/dcx/T0ken/json');
});

test('commands for Node alone run the program of the repository, and quote what a shell would change', () => {
  const protocols = connectProtocols({ endpoints, token: "it's", appVersion: 'green house' });
  const commands = protocols.flatMap((protocol) => protocol.commands.filter(({ title }) => title.startsWith('Node only')));
  expect(commands).toHaveLength(5);
  for (const { command } of commands) expect(command).toMatch(/^npm run fieldline -- send (mqtt|http|coap|kaa) --host 192\.168\.1\.20 --port \d+ /);
  expect(commands.at(-1)?.command).toContain(`--token 'it'\\''s' --app 'green house' \\\n  '{"temperature":21.5,"humidity":48}'`);
});

test('a transport that is off has no commands, and says what to set', () => {
  expect(commandsOf('coap', { coap: null })).toMatchObject({
    isAvailable: false,
    commands: [],
    reason: expect.stringContaining('FIELDLINE_COAP_PORT'),
  });
  expect(commandsOf('kaa', { mqtt: null })).toMatchObject({ isAvailable: false, commands: [] });
});

test.each([
  { word: 'plain-1.5', quoted: 'plain-1.5' },
  { word: 'two words', quoted: "'two words'" },
  { word: "it's", quoted: "'it'\\''s'" },
  { word: '$(reboot)', quoted: "'$(reboot)'" },
  { word: '', quoted: "''" },
])('$word is safe in a shell', ({ word, quoted }) => {
  expect(quote(word)).toBe(quoted);
});
