// Goal: calls of rule nodes reach the services they may reach, as they were asked for, and end with an answer or a code within
// their bounds. Method: services and proxies of the test on ports of their own, with only those on the list.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HttpRequest } from '@fieldline/plugin-sdk';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../system-clock.js';
import { parseAllowList } from './allow-list.js';
import { OutboundGuard } from './outbound-guard.js';
import { OutboundHttp } from './outbound-http.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function listening(server: Server | ReturnType<typeof createTlsServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}
const serve = (answer: (...given: Parameters<RequestListener>) => unknown): Promise<number> =>
  listening(createServer((request, response) => void answer(request, response)));

function clientWith(allowed: string, names: Readonly<Record<string, string>> = {}): OutboundHttp {
  const list = parseAllowList(allowed);
  if ('fault' in list) throw new Error(list.fault);
  const resolve = async (host: string) => (names[host] === undefined ? [] : [names[host]]);
  const client = new OutboundHttp(new OutboundGuard({ allowed: list, clock: systemClock, resolve }));
  closing.push(() => client.close());
  return client;
}

const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  ...{ method: 'GET', url, headers: {}, timeoutMs: 5_000, answerBytesMax: 1_000 },
  ...more,
});
const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
};
const codeOf = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'no error').catch((error: { code: string }) => error.code);

describe('the HTTP client of rule nodes', () => {
  it('sends what it is given, and gives the answer as it came', async () => {
    const port = await serve(async (request, response) => {
      const seen = {
        method: request.method,
        url: request.url,
        kind: request.headers['content-type'],
        own: request.headers['x-own'],
        body: await bodyOf(request),
      };
      response.writeHead(201, { 'x-a': ['1', '2'], 'content-type': 'application/json' }).end(JSON.stringify(seen));
    });
    const headers = { 'Content-Type': 'application/json', 'X-Own': 'y' };
    const answer = await clientWith(`127.0.0.1:${port}`).request({
      ...get(`http://127.0.0.1:${port}/a?b=%20c#d`, { method: 'POST', headers, body: '{"t":1.0}' }),
    });
    expect(JSON.parse(answer.text)).toEqual({ method: 'POST', url: '/a?b=%20c', kind: 'application/json', own: 'y', body: '{"t":1.0}' });
    expect([answer.status, answer.headers['x-a']]).toEqual([201, ['1', '2']]);
  });

  it('refuses addresses that are not on the list, also behind a name', async () => {
    let calls = 0;
    const port = await serve((_, response) => void (calls++, response.end()));
    const client = clientWith('', { 'evil.example': '127.0.0.1' });
    for (const host of ['127.0.0.1', 'evil.example', '0x7f.1', '2130706433', '[::ffff:127.0.0.1]', '[::1]', '0']) {
      expect([host, await codeOf(client.request(get(`http://${host}:${port}/`)))]).toEqual([host, 'OUTBOUND_REFUSED']);
    }
    expect(calls).toBe(0);
  });

  it('connects to the address that was judged, under the name that was given', async () => {
    const port = await serve((request, response) => response.end(request.headers.host));
    const answer = await clientWith('service.example', { 'service.example': '127.0.0.1' }).request(get(`http://service.example:${port}/`));
    expect(answer.text).toBe(`service.example:${port}`);
  });

  it('follows no redirect', async () => {
    const port = await serve((_, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end('moved'));
    const answer = await clientWith(`127.0.0.1:${port}`).request(get(`http://127.0.0.1:${port}/`));
    expect([answer.status, answer.headers['location'], answer.text]).toEqual([302, 'http://169.254.169.254/', 'moved']);
  });

  it('reads no more of an answer than it may', async () => {
    const port = await serve((_, response) => {
      const more = (): boolean => response.write('x'.repeat(500));
      response.on('drain', () => void more());
      while (more());
    });
    expect(await codeOf(clientWith(`127.0.0.1:${port}`).request(get(`http://127.0.0.1:${port}/`)))).toBe('OUTBOUND_ANSWER_TOO_LARGE');
    const exact = await serve((_, response) => response.end('x'.repeat(1_000)));
    expect((await clientWith(`127.0.0.1:${exact}`).request(get(`http://127.0.0.1:${exact}/`))).text.length).toBe(1_000);
    expect(await codeOf(clientWith(`127.0.0.1:${exact}`).request(get(`http://127.0.0.1:${exact}/`, { answerBytesMax: 999 })))).toBe(
      'OUTBOUND_ANSWER_TOO_LARGE',
    );
  });

  it('waits as long as it may, for the first byte and for the last', async () => {
    const port = await serve((request, response) => void (request.url === '/never' || response.write('a')));
    const client = clientWith(`127.0.0.1:${port}`);
    for (const path of ['never', 'half']) {
      expect(await codeOf(client.request(get(`http://127.0.0.1:${port}/${path}`, { timeoutMs: 100 })))).toBe('OUTBOUND_TIMEOUT');
    }
  });

  it.each([
    'ftp://a.example/',
    'nothing',
    'http://user:pass@a.example/',
    'http://a.example:0/',
    `http://a.example/${'x'.repeat(16_384)}`,
    'file:///etc/passwd',
  ])('does not call %s', async (url) => {
    expect(await codeOf(clientWith('').request(get(url)))).toBe('OUTBOUND_URL_INVALID');
  });

  it('says what is wrong with headers, names, certificates and services that are away', async () => {
    const port = await serve((_, response) => response.end());
    const client = clientWith(`127.0.0.1`);
    expect(await codeOf(client.request(get(`http://127.0.0.1:${port}/`, { headers: { a: 'b\r\nc: d' } })))).toBe('OUTBOUND_HEADER_INVALID');
    expect(await codeOf(client.request(get('http://nobody.example/')))).toBe('OUTBOUND_HOST_UNKNOWN');
    expect(await codeOf(client.request(get(`https://127.0.0.1:${port}/`, { tls: { cert: 'none' } })))).toBe('OUTBOUND_TLS_INVALID');
    await closing.pop()?.();
    await closing.pop()?.();
    expect(await codeOf(clientWith('127.0.0.1').request(get(`http://127.0.0.1:${port}/`)))).toBe('OUTBOUND_UNREACHABLE');
  });

  it('keeps connections for the next calls', async () => {
    const ports = new Set<number | undefined>();
    const port = await serve((request, response) => void (ports.add(request.socket.remotePort), response.end('ok')));
    const client = clientWith(`127.0.0.1:${port}`);
    for (let call = 0; call < 10; call += 1) await client.request(get(`http://127.0.0.1:${port}/`));
    // Whether a connection is free again at once, nobody promises.
    expect(ports.size).toBeLessThanOrEqual(2);
  });
});

describe('calls through a proxy', () => {
  /** A proxy that passes everything on to one port, whatever name it hears, and tells what it heard. */
  async function startProxy(to: number) {
    const heard: string[] = [];
    const server = createServer((request, response) => {
      heard.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
      response.end('from the proxy');
    });
    server.on('connect', (request, socket) => {
      heard.push(`CONNECT ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
      const far = connect(to, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        far.pipe(socket).pipe(far);
      });
      far.on('error', () => socket.destroy());
      socket.on('error', () => far.destroy());
    });
    return { heard, port: await listening(server) };
  }

  it('go there with the address as it is, and with its user', async () => {
    const proxy = await startProxy(0);
    const own = { host: '127.0.0.1', port: proxy.port, user: 'u', password: 'p' };
    const answer = await clientWith(`127.0.0.1:${proxy.port}`).request(get('http://far.example/x', { proxy: own }));
    expect([answer.text, proxy.heard]).toEqual(['from the proxy', [`GET http://far.example/x Basic ${Buffer.from('u:p').toString('base64')}`]]);
  });

  it('are refused where the proxy or the target is', async () => {
    const proxy = await startProxy(0);
    const own = { host: '127.0.0.1', port: proxy.port };
    expect(await codeOf(clientWith('').request(get('http://far.example/', { proxy: own })))).toBe('OUTBOUND_REFUSED');
    const allowed = clientWith(`127.0.0.1:${proxy.port}`);
    expect(await codeOf(allowed.request(get('http://169.254.169.254/', { proxy: own })))).toBe('OUTBOUND_REFUSED');
    expect(proxy.heard).toEqual([]);
  });

  it('use the proxy of the environment, but not for what is left out of it', async () => {
    const target = await serve((_, response) => response.end('direct'));
    const proxy = await startProxy(0);
    const before = { http_proxy: process.env['http_proxy'], no_proxy: process.env['no_proxy'] };
    Object.assign(process.env, { http_proxy: `http://127.0.0.1:${proxy.port}`, no_proxy: 'near.example' });
    closing.push(async () => void Object.assign(process.env, before));
    const client = clientWith(`near.example`, { 'near.example': '127.0.0.1' });
    expect((await client.request(get('http://far.example/', { proxy: 'system' }))).text).toBe('from the proxy');
    expect((await client.request(get(`http://near.example:${target}/`, { proxy: 'system' }))).text).toBe('direct');
  });
});

describe('calls with certificates', () => {
  let made: { cert: string; key: string };
  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'fieldline-tls-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=service.example', '-addext', 'subjectAltName=DNS:service.example'];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2', ...subject], {
      stdio: 'ignore',
    });
    made = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  });

  it('trust what they are given, for the name that was called, and show their own', async () => {
    const server = createTlsServer({ ...made, requestCert: true, rejectUnauthorized: false, ca: made.cert }, (request, response) =>
      response.end(String((request.socket as unknown as { authorized: boolean }).authorized)),
    );
    const port = await listening(server);
    const names = { 'service.example': '127.0.0.1', 'other.example': '127.0.0.1' };
    const client = clientWith('127.0.0.0/8', names);
    const tls = { ca: made.cert, cert: made.cert, key: made.key };
    expect((await client.request(get(`https://service.example:${port}/`, { tls }))).text).toBe('true');
    expect((await client.request(get(`https://service.example:${port}/`, { tls: { ca: made.cert } }))).text).toBe('false');
    expect(await codeOf(client.request(get(`https://other.example:${port}/`, { tls })))).toBe('OUTBOUND_UNREACHABLE');
    expect(await codeOf(client.request(get(`https://service.example:${port}/`)))).toBe('OUTBOUND_UNREACHABLE');
  });
});
