import { expect, test } from 'vitest';
import { readCommand } from './command-line.js';

const read = (line: string) => readCommand(line.split(' '));

test.each([
  { line: 'send mqtt --token T {}', port: 1883, mqttVersion: 4 },
  { line: 'send mqtt --token T --mqtt5 {}', port: 1883, mqttVersion: 5 },
  { line: 'send http --token=T {}', port: 8080, mqttVersion: 4 },
  { line: 'send coap {} --token T', port: 5683, mqttVersion: 4 },
  { line: 'send kaa --token T --app shed-v1 {}', port: 1883, mqttVersion: 4 },
  { line: 'send http --token T --port 81 {}', port: 81, mqttVersion: 4 },
])('$line is understood', ({ line, port, mqttVersion }) => {
  expect(read(line)).toMatchObject({ name: 'send', host: 'localhost', token: 'T', payload: '{}', port, mqttVersion });
});

test.each([
  { line: 'sned mqtt', says: 'no command "sned"' },
  { line: 'send', says: 'Say one of mqtt, http, coap, kaa' },
  { line: 'send smtp --token T {}', says: 'Say one of' },
  { line: 'send mqtt {}', says: '--token' },
  { line: 'send mqtt --token T', says: 'last argument' },
  { line: 'send mqtt --token T {} {}', says: 'too much' },
  { line: 'send mqtt --token T --port 0 {}', says: 'no port' },
  { line: 'send mqtt --token T --port 65536 {}', says: 'no port' },
  { line: 'send mqtt --token T --port x {}', says: 'no port' },
  { line: 'send http --token T --mqtt5 {}', says: '--mqtt5 goes with mqtt' },
  { line: 'send mqtt --token T --app a {}', says: '--app goes with kaa' },
  { line: 'send mqtt --tokne T {}', says: '--tokne' },
])('$line is refused and the fault is named', ({ line, says }) => {
  expect(() => read(line)).toThrow(expect.objectContaining({ code: 'CLI_USAGE', message: expect.stringContaining(says) as string }));
});

test('a reading whose quotes the shell ate is refused before anything is sent', () => {
  expect(() => read('send mqtt --token T {temperature:21.5}')).toThrow(expect.objectContaining({ code: 'CLI_PAYLOAD_NOT_JSON' }));
});
