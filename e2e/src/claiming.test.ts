// Goal: a device that offers itself over MQTT, HTTP or CoAP is claimed by a customer with its key, also after the server was
// killed, and once it is claimed it is refused as device-api.md §7.4 says. Method: a real server, real sockets.
import { request } from 'coap';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningServer, startServer, stopServer, temporaryFolder, tenant, TenantClient } from './server-under-test.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: RunningServer;
let admin: TenantClient;
let devices: { id: string; token: string }[];

beforeAll(async () => {
  folder = await temporaryFolder('claiming');
  server = await startServer(folder.path);
  admin = await TenantClient.signIn(server.ports.http);
  devices = await admin.createDevices('shop', 7);
  const customer = await admin.request<{ id: object }>('POST', '/api/customer', { title: 'Household' });
  const user = { email: 'ada@household.example', authority: 'CUSTOMER_USER', customerId: customer.id };
  const { id } = await admin.request<{ id: { id: string } }>('POST', '/api/user?sendActivationMail=false', user);
  const link = await fetch(`${base()}/api/user/${id.id}/activationLink`, { headers: { 'x-authorization': `Bearer ${admin.token}` } });
  const activateToken = new URL(await link.text()).searchParams.get('activateToken');
  await post('/api/noauth/activate', { activateToken, password: tenant.password });
});
afterAll(async () => {
  await stopServer(server);
  await folder.remove();
});

const base = (): string => `http://127.0.0.1:${server.ports.http}`;
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(base() + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });

/** What the user of the customer is answered: the status, and the word or the name of the device. */
async function claim(name: string, secretKey: string): Promise<unknown[]> {
  const { token } = (await (await post('/api/auth/login', { username: 'ada@household.example', password: tenant.password })).json()) as {
    token: string;
  };
  const answer = await post(`/api/customer/device/${name}/claim`, { secretKey }, { 'x-authorization': `Bearer ${token}` });
  const body = (await answer.json()) as string | { response: string; device: { name: string } };
  return [answer.status, typeof body === 'string' ? body : `${body.response} ${body.device.name}`];
}

/** Offers a device at MQTT 5: the reason code of the acknowledgement, or of the end of the connection. */
async function offerOverMqtt(username: string, payload: string): Promise<number | undefined> {
  const client = await connectAsync({ host: '127.0.0.1', port: server.ports.mqtt, username, protocolVersion: 5, reconnectPeriod: 0 });
  const refused = new Promise<number | undefined>((resolve) => client.once('disconnect', ({ reasonCode }) => resolve(reasonCode)));
  const stored = client.publishAsync('v1/devices/me/claim', payload, { qos: 1 }).then(
    () => 0,
    () => refused,
  );
  const code = await Promise.race([stored, refused]);
  await client.endAsync(true);
  return code;
}

const offerOverHttp = async (token: string, payload: string): Promise<number> =>
  (await fetch(`${base()}/api/v1/${token}/claim`, { method: 'POST', body: payload })).status;

function offerOverCoap(token: string, payload: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: server.ports.coap, method: 'POST', pathname: `/api/v1/${token}/claim` });
    asked.on('response', ({ code }: { code: string }) => resolve(code));
    asked.on('error', reject);
    asked.end(payload === '' ? undefined : payload);
  });
}

const nameOf = (n: number): string => devices[n]?.token ?? '';

test.each([
  { title: 'MQTT', n: 0, offer: offerOverMqtt, accepted: 0, refused: 0x83 },
  { title: 'HTTP', n: 1, offer: offerOverHttp, accepted: 200, refused: 500 },
  { title: 'CoAP', n: 2, offer: offerOverCoap, accepted: '2.01', refused: '5.00' },
])('$title: offered, claimed with the key, then refused', async ({ n, offer, accepted, refused }) => {
  const name = nameOf(n);
  expect(await claim(name, '')).toEqual([400, 'FAILURE']);
  expect(await offer(name, '')).toBe(accepted);
  expect(await offer(name, '{"secretKey":"label","durationMs":60000}')).toBe(accepted);
  expect(await claim(name, '')).toEqual([400, 'FAILURE']);
  expect(await claim(name, 'label')).toEqual([200, `SUCCESS ${name}`]);
  expect(await claim(name, 'label')).toEqual([400, 'CLAIMED']);
  expect(await offer(name, '{"secretKey":"label"}')).toBe(refused);
});

test('an offer that was acknowledged outlives the server; its key is in no log', async () => {
  expect(await offerOverHttp(nameOf(3), '{"secretKey":"kept-over-night"}')).toBe(200);
  expect(await offerOverHttp(nameOf(4), '{"secretKey":"short-lived","durationMs":1}')).toBe(200);
  const log = server.log();
  await stopServer(server, 'SIGKILL');
  server = await startServer(folder.path, { env: { FIELDLINE_CLAIMING: 'off', FIELDLINE_LOG: 'debug' } });
  admin = await TenantClient.signIn(server.ports.http);
  expect(await claim(nameOf(4), 'short-lived')).toEqual([400, 'FAILURE']);
  expect(await claim(nameOf(3), 'kept-over-night')).toEqual([200, `SUCCESS ${nameOf(3)}`]);
  expect(log + server.log()).not.toMatch(/kept-over-night|short-lived/);
});

test('of many who claim at once one wins', async () => {
  const name = nameOf(6);
  await admin.request('POST', `/api/plugins/telemetry/DEVICE/${devices[6]?.id}/SERVER_SCOPE`, { claimingAllowed: true });
  expect(await offerOverMqtt(name, '{"secretKey":"label"}')).toBe(0);
  const answers = await Promise.all(Array.from({ length: 8 }, () => claim(name, 'label')));
  expect(answers.map(([status]) => status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 400)]);
  expect(answers.filter(([, word]) => word === 'CLAIMED')).toHaveLength(7);
});

test('where claiming is off, only a device that its tenant lets may offer itself', async () => {
  const [name, id] = [nameOf(5), devices[5]?.id ?? ''];
  expect(await offerOverHttp(name, '')).toBe(500);
  await admin.request('POST', `/api/plugins/telemetry/DEVICE/${id}/SERVER_SCOPE`, { claimingAllowed: true });
  expect(await offerOverHttp(name, '')).toBe(200);
  expect(await claim(name, '')).toEqual([200, `SUCCESS ${name}`]);
});
