import { isProblem } from '@fieldline/kernel';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readSettings } from './settings.js';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'fieldline-settings-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const configFile = (text: string) => writeFileSync(join(folder, 'fieldline.config.json'), text);

/** The message that a person sees who got settings wrong. */
function complaint(env: Record<string, string>): string {
  try {
    readSettings(env, folder);
  } catch (error) {
    if (isProblem(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'none';
}

test('a Redis is named by its address', () => {
  expect(readSettings({ FIELDLINE_QUEUE: 'bullmq', REDIS_URL: 'redis://localhost:6379' }, folder)).toMatchObject({
    REDIS_URL: 'redis://localhost:6379',
  });
  expect(complaint({ REDIS_URL: 'http://localhost' })).toContain('REDIS_URL: must be like redis://');
});

test('without any setting the documented defaults hold', () => {
  expect(readSettings({}, folder)).toMatchObject({
    FIELDLINE_DATA_DIR: join(folder, 'data'),
    FIELDLINE_HOST: '0.0.0.0',
    FIELDLINE_HTTP_PORT: 8080,
    FIELDLINE_MQTT_PORT: 1883,
    FIELDLINE_COAP_PORT: 5683,
    FIELDLINE_SYSADMIN_EMAIL: 'sysadmin@fieldline.local',
    FIELDLINE_TENANT_EMAIL: 'tenant@fieldline.local',
    FIELDLINE_PROFILE: 'embedded',
    FIELDLINE_ROLES: ['api', 'transport', 'engine'],
    FIELDLINE_QUEUE: 'memory',
    FIELDLINE_ACK_TIMEOUT_MS: 10_000,
    FIELDLINE_INFLIGHT_MB: 128,
    FIELDLINE_OTA_MAX_MB: 256,
    FIELDLINE_TRACE_TTL_DAYS: 7,
    FIELDLINE_TRACE_MB: 64,
    FIELDLINE_KAA: 'on',
    FIELDLINE_KAA_PATHS: 'strict',
    FIELDLINE_WS_SUBSCRIPTIONS_PER_TENANT: '',
    FIELDLINE_WS_SUBSCRIPTIONS_PER_USER: '',
    FIELDLINE_FUTURE_MAX_MS: 86_400_000,
    FIELDLINE_SQLITE_SYNCHRONOUS: 'FULL',
  });
});

test('the environment goes before the file, and the file before the defaults', () => {
  configFile('{"FIELDLINE_HTTP_PORT":1000,"FIELDLINE_MQTT_PORT":2000}');
  const { FIELDLINE_HTTP_PORT: http, FIELDLINE_MQTT_PORT: mqtt, FIELDLINE_COAP_PORT: coap } = readSettings({ FIELDLINE_HTTP_PORT: '3000' }, folder);
  expect([http, mqtt, coap]).toEqual([3000, 2000, 5683]);
});

test('a device port is a number, 0 for a free one, or off', () => {
  const ports = (text: string) => {
    const settings = readSettings({ FIELDLINE_MQTT_PORT: text, FIELDLINE_COAP_PORT: text }, folder);
    return [settings.FIELDLINE_MQTT_PORT, settings.FIELDLINE_COAP_PORT];
  };
  expect(ports('off')).toEqual([undefined, undefined]);
  expect(ports('0')).toEqual([0, 0]);
});

test('an empty variable counts as none, and an absolute folder stays as it is', () => {
  expect(readSettings({ FIELDLINE_HTTP_PORT: '', FIELDLINE_DATA_DIR: '/srv/data' }, folder)).toMatchObject({
    FIELDLINE_HTTP_PORT: 8080,
    FIELDLINE_DATA_DIR: '/srv/data',
  });
});

test('plugins are looked for in the data folder unless another folder is named', () => {
  expect(readSettings({ FIELDLINE_DATA_DIR: '/srv/data' }, folder).FIELDLINE_PLUGINS_DIR).toBe('/srv/data/plugins');
  expect(readSettings({ FIELDLINE_PLUGINS_DIR: 'mine' }, folder).FIELDLINE_PLUGINS_DIR).toBe(join(folder, 'mine'));
});

describe('what is wrong is named', () => {
  test.each([
    ['FIELDLINE_HTTP_PORT', '65536'],
    ['FIELDLINE_HTTP_PORT', 'off'],
    ['FIELDLINE_HTTP_PORT', ' '],
    ['FIELDLINE_HTTP_PORT', '0x10'],
    ['FIELDLINE_HTTP_PORT', '80.5'],
    ['FIELDLINE_MQTT_PORT', 'many'],
    ['FIELDLINE_COAP_PORT', '-1'],
    ['FIELDLINE_TENANT_EMAIL', 'nobody'],
    ['FIELDLINE_TENANT_PASSWORD', 'short'],
    ['FIELDLINE_PROFILE', 'cluster'],
    ['FIELDLINE_QUEUE', 'redis'],
    ['FIELDLINE_ROLES', 'api'],
    ['FIELDLINE_ROLES', 'api,transport,cook'],
    ['FIELDLINE_ACK_TIMEOUT_MS', '10s'],
    ['FIELDLINE_INFLIGHT_MB', '0'],
    ['FIELDLINE_OTA_MAX_MB', '0'],
    ['FIELDLINE_KAA', 'yes'],
    ['FIELDLINE_KAA_PATHS', 'on'],
    ['FIELDLINE_WS_SUBSCRIPTIONS_PER_TENANT', '100'],
    ['FIELDLINE_WS_SUBSCRIPTIONS_PER_USER', '0:1'],
    ['FIELDLINE_FUTURE_MAX_MS', '-1'],
    ['FIELDLINE_SQLITE_SYNCHRONOUS', 'NORMAL'],
    ['FIELDLINE_LOG', 'loud'],
  ])('%s=%s', (name, value) => {
    expect(complaint({ [name]: value })).toMatch(new RegExp(`^CONFIG_INVALID: These settings are wrong: ${name}`));
  });

  test('several at once', () => {
    const text = complaint({ FIELDLINE_HTTP_PORT: 'x', FIELDLINE_LOG: 'x' });
    expect([text.includes('FIELDLINE_HTTP_PORT'), text.includes('FIELDLINE_LOG')]).toEqual([true, true]);
  });

  test.each(['null', 'true', '80.5', '{}'])('a port %s in the file', (value) => {
    configFile(`{"FIELDLINE_HTTP_PORT":${value}}`);
    expect(complaint({})).toMatch(/^CONFIG_INVALID: .*FIELDLINE_HTTP_PORT: must be a whole number/);
  });

  test('a key of the file that is no setting', () => {
    configFile('{"FIELDLINE_HTP_PORT":1}');
    expect(complaint({})).toMatch(/^CONFIG_INVALID: .*FIELDLINE_HTP_PORT/);
  });

  test.each(['{', '[]', '"text"', 'null'])('a file that holds %s', (text) => {
    configFile(text);
    expect(complaint({})).toMatch(/^CONFIG_FILE_UNREADABLE: .*fieldline\.config\.json/);
  });

  test('a password never shows in the complaint', () => {
    expect(complaint({ FIELDLINE_TENANT_PASSWORD: 'pssst' })).not.toMatch(/pssst/);
  });
});

test('what nodes may reach is a list of hosts, ports and ranges, and what is none of these is named', () => {
  expect(readSettings({ FIELDLINE_OUTBOUND_ALLOW: 'kafka:9092, 10.0.0.0/8' }, folder).FIELDLINE_OUTBOUND_ALLOW).toBe('kafka:9092, 10.0.0.0/8');
  expect(complaint({ FIELDLINE_OUTBOUND_ALLOW: 'kafka:9092,http://kafka' })).toContain('FIELDLINE_OUTBOUND_ALLOW: http://kafka is no host');
});
