import type { Settings } from './config/settings.js';
import type { RunningServer } from './start-server.js';

/** What the person who started the server needs to know, and the one line that programs wait for. */
export function startBlock(settings: Settings, server: RunningServer): string {
  const host = settings.FIELDLINE_HOST === '0.0.0.0' || settings.FIELDLINE_HOST === '::' ? 'localhost' : settings.FIELDLINE_HOST;
  const { http, mqtt, coap, broker } = server.ports;
  const lines = ['', `  Fieldline is running.`, '', `  Web app   http://${host}:${http}`, `  API       http://${host}:${http}/swagger-ui`];
  if (mqtt !== undefined) lines.push(`  MQTT      ${host}:${mqtt}`);
  if (coap !== undefined) lines.push(`  CoAP      ${host}:${coap}`);
  if (broker !== undefined) lines.push(`  Broker    ${host}:${broker}`);
  lines.push('', ...signInLines(server), '', ...firstReadingLines(host, server), '');
  lines.push(`ready http=${http} mqtt=${mqtt ?? 'off'} coap=${coap ?? 'off'}${broker === undefined ? '' : ` broker=${broker}`}`, '');
  return lines.join('\n');
}

function signInLines(server: RunningServer): string[] {
  if (server.firstUsers.length === 0)
    return ['  Sign in with the passwords of the first start; lost one? Stop the server and: npm run fieldline -- reset-password <email>'];
  return [
    '  Sign in (these passwords are shown only now):',
    ...server.firstUsers.map(({ email, generatedPassword }) => `    ${email}  ${generatedPassword ?? '(the password from your settings)'}`),
  ];
}

function firstReadingLines(host: string, server: RunningServer): string[] {
  const [device] = server.demoDevices;
  const token = device?.token ?? 'ACCESS_TOKEN';
  const lines =
    device === undefined
      ? ['  Create a device in the web app, copy its access token, and send a first reading:']
      : [`  Send a reading as "${device.name}":`];
  lines.push(`    curl -d '{"temperature":21.5}' -H 'Content-Type: application/json' http://${host}:${server.ports.http}/api/v1/${token}/telemetry`);
  return lines;
}
