// Goal: files of OTA packages come and go as rest-api.md §25 says. Method: each rule over HTTP, odd requests over a plain socket.
import { checksumAlgorithms, systemTenantId } from '@fieldline/model';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { otaDraft, uploadsTo } from './ota.fixture.js';
import { absent, denied, refused } from './refusals.fixture.js';
import { type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
beforeAll(async () => {
  rest = await startRest();
});
afterAll(() => rest.close());

const unknownId = '00000000-0000-7000-8000-0000000000ff';
const upload = uploadsTo(() => rest);
const call = (method: string, path: string, body?: unknown, token = rest.admin) => rest.call(method, path, { token, body });
const create = async (more: object = {}) => (await call('POST', '/api/otaPackage', otaDraft(more))).body;

describe('POST /api/otaPackage/{id}', () => {
  it('stores the file with its checksum', async () => {
    const created = await create();
    const checksum = createHash('sha256').update('bytes').digest('hex');
    const file = {
      hasData: true,
      fileName: 'fïrm ware.bin',
      contentType: 'application/x-firmware',
      checksumAlgorithm: 'SHA256',
      checksum,
      dataSize: 5,
    };
    expect(await upload(created.id.id, 'bytes')).toEqual({ status: 200, body: { ...created, ...file } });
    const read = await call('GET', `/api/otaPackage/${created.id.id}`);
    expect(Buffer.from(read.body.data, 'base64').toString()).toBe('bytes');
  });

  it.each(checksumAlgorithms)('checks a %s that is sent, and keeps no file with another', async (algorithm) => {
    const { checksum } = (await upload((await create()).id.id, 'bytes', `checksumAlgorithm=${algorithm.toLowerCase()}&checksum=`)).body;
    const { id } = await create();
    const wrong = await upload(id.id, 'other bytes', `checksumAlgorithm=${algorithm}&checksum=${checksum}`);
    expect(wrong).toMatchObject(refused('Wrong otaPackage file!'));
    expect((await call('GET', `/api/otaPackage/${id.id}/download`)).status).toBe(404);
    expect((await upload(id.id, 'bytes', `checksumAlgorithm=${algorithm}&checksum=${checksum.toUpperCase()}`)).body).toMatchObject({
      checksum,
      hasData: true,
    });
  });

  it('takes a file of some megabytes, and refuses it where there is one already, without either side waiting', async () => {
    const { id } = await create();
    const file = new Uint8Array(20_000_000).map((_, place) => place % 251);
    expect(await upload(id.id, file)).toMatchObject({ status: 200, body: { dataSize: file.length } });
    expect(await upload(id.id, file)).toMatchObject(refused('Updating otaPackage data is prohibited!'));
    expect((await call('GET', `/api/otaPackage/${id.id}`)).body.data).toBeNull();
    const answer = await fetch(`${rest.base}/api/otaPackage/${id.id}/download`, { headers: { 'x-authorization': `Bearer ${rest.admin}` } });
    expect(Buffer.compare(Buffer.from(await answer.arrayBuffer()), file)).toBe(0);
  });

  it('refuses what is no upload', async () => {
    const { id } = await create();
    const missing = refused("Required part 'file' is not present.");
    expect(await call('POST', `/api/otaPackage/${id.id}?checksumAlgorithm=MD5`, { file: 'x' })).toMatchObject(missing);
    expect(await upload(id.id, 'x', 'checksumAlgorithm=MD5', { part: 'other' })).toMatchObject(missing);
    for (const query of ['', 'checksumAlgorithm='])
      expect(await upload(id.id, 'x', query)).toMatchObject(refused("Parameter 'checksumAlgorithm' can't be empty!"));
    expect((await upload(id.id, 'x', 'checksumAlgorithm=ROT13')).status).toBe(400);
    const torn = await rest.call('POST', `/api/otaPackage/${id.id}?checksumAlgorithm=MD5`, {
      token: rest.admin,
      body: '--b\r\ncontent-disposition: form-data; name="file"; filename="f"\r\n\r\nhalf',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    });
    expect(torn).toMatchObject(refused('The upload ended before its file did.'));
    expect((await call('GET', `/api/otaPackage/info/${id.id}`)).body.hasData).toBe(false);
  });

  it('reads a refused upload to its end, so that the connection serves on', async () => {
    const { id } = await create();
    await upload(id.id, 'bytes');
    const part = ['--b', 'content-disposition: form-data; name="file"; filename="f"', '', 'x'.repeat(3_000_000), '--b--', ''].join('\r\n');
    const head = [`POST /api/otaPackage/${id.id}?checksumAlgorithm=MD5 HTTP/1.1`, 'host: x', `x-authorization: Bearer ${rest.admin}`];
    const body = ['content-type: multipart/form-data; boundary=b', `content-length: ${part.length}`, '', part].join('\r\n');
    const socket = connect(Number(new URL(rest.base).port), '127.0.0.1');
    socket.write([...head, `${body}GET /api/health HTTP/1.1`, 'host: x', 'connection: close', '', ''].join('\r\n'));
    let answers = '';
    for await (const bytes of socket) answers += String(bytes);
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400', 'HTTP/1.1 200']);
  });

  it('forgets an upload whose client goes away', async () => {
    const { id } = await create();
    const head = [`POST /api/otaPackage/${id.id}?checksumAlgorithm=MD5 HTTP/1.1`, 'host: x', `x-authorization: Bearer ${rest.admin}`];
    const body = ['content-type: multipart/form-data; boundary=b', 'content-length: 1000000', 'expect: 100-continue', '', ''];
    const part = ['--b', 'content-disposition: form-data; name="file"; filename="f"', '', 'x'.repeat(500_000)];
    const socket = connect(Number(new URL(rest.base).port), '127.0.0.1');
    socket.write([...head, ...body].join('\r\n'));
    // The server asks for the body when it has begun to handle the request.
    await once(socket, 'data');
    await new Promise((resolve) => socket.write(part.join('\r\n'), resolve));
    socket.destroy();
    await expect.poll(async () => (await upload(id.id, 'whole')).status, { timeout: 5_000 }).toBe(200);
    expect((await rest.call('GET', `/api/otaPackage/${id.id}/download`, { token: rest.admin })).text).toBe('whole');
  });

  it('is for administrators of the tenant', async () => {
    const { id } = await create();
    const query = 'checksumAlgorithm=MD5';
    for (const token of [rest.customer, rest.system, rest.stranger]) expect(await upload(id.id, 'x', query, { token })).toMatchObject(denied);
    expect((await upload(unknownId, 'x', query)).status).toBe(404);
  });

  it('takes one file at a time', async () => {
    const { id } = await create();
    const file = new Uint8Array(2_000_000);
    const answers = await Promise.all([upload(id.id, file), upload(id.id, file)]);
    expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    expect(answers.map(({ status }) => status).every((status) => [200, 400, 409].includes(status))).toBe(true);
  });

  it('keeps to what the tenant profile allows', async () => {
    const { tenantId } = rest.two;
    const tenant = await rest.entities.find('tenant', tenantId, tenantId);
    if (tenant === undefined) throw new Error('no tenant');
    const configuration = { maxOtaPackagesInBytes: 10, maxResourceSize: 6 };
    const head = { id: unknownId, tenantId: systemTenantId, createdAtMs: 1, version: 1 };
    await rest.entities.write([
      { change: 'insert', kind: 'tenantProfile', entity: { ...head, name: 'Small', isDefault: false, isIsolated: false, configuration } },
      { change: 'update', kind: 'tenant', entity: { ...tenant, tenantProfileId: unknownId } },
    ]);
    const made = async () => (await call('POST', '/api/otaPackage', otaDraft(), rest.stranger)).body.id.id as string;
    const put = async (id: string, bytes: number) => upload(id, 'x'.repeat(bytes), 'checksumAlgorithm=MD5', { token: rest.stranger });
    const [first, second] = [await made(), await made()];
    expect(await put(first, 7)).toMatchObject(refused('The file is larger than 6 bytes.'));
    expect((await put(first, 6)).status).toBe(200);
    expect(await put(second, 5)).toMatchObject(refused('OTA packages total size exceeds the maximum of 10 bytes'));
    expect((await put(second, 4)).status).toBe(200);
    await call('DELETE', `/api/otaPackage/${first}`, undefined, rest.stranger);
    expect((await put(await made(), 6)).status).toBe(200);
  });
});

describe('GET /api/otaPackage/{id}/download', () => {
  it('sends a file whose name was cut in the middle of a character', async () => {
    const { id } = await create();
    await upload(id.id, 'x', undefined, { name: `${'n'.repeat(254)}😀.bin` });
    expect(await rest.call('GET', `/api/otaPackage/${id.id}/download`, { token: rest.admin })).toMatchObject({ status: 200, text: 'x' });
  });

  it('sends the file, or a part of it', async () => {
    const { id } = await create();
    await upload(id.id, '0123456789');
    const get = (range?: string) =>
      rest.call('GET', `/api/otaPackage/${id.id}/download`, { token: rest.admin, headers: range === undefined ? {} : { range } });
    const whole = await get();
    expect([whole.status, whole.text]).toEqual([200, '0123456789']);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': 'application/x-firmware',
      'content-length': '10',
      'accept-ranges': 'bytes',
      'content-disposition': "attachment; filename*=UTF-8''f%C3%AFrm%20ware.bin",
    });
    const parts: [string, number, string, string | null][] = [
      ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
      ['bytes=8-', 206, '89', 'bytes 8-9/10'],
      ['bytes=8-100', 206, '89', 'bytes 8-9/10'],
      ['bytes=-3', 206, '789', 'bytes 7-9/10'],
      ['bytes=-30', 206, '0123456789', 'bytes 0-9/10'],
      ['bytes=10-', 416, '', 'bytes */10'],
      ['bytes=-0', 416, '', 'bytes */10'],
      ['bytes=3-1', 200, '0123456789', null],
      ['bytes=0-1,3-4', 200, '0123456789', null],
      ['lines=1-2', 200, '0123456789', null],
    ];
    for (const [range, status, text, contentRange] of parts) {
      const part = await get(range);
      expect([range, part.status, part.text, part.headers.get('content-range')]).toEqual([range, status, text, contentRange]);
    }
  });

  it('is for administrators of the tenant, once there is a file', async () => {
    const { id } = await create();
    const path = `/api/otaPackage/${id.id}`;
    expect(await call('GET', `${path}/download`)).toMatchObject(absent);
    for (const token of [rest.customer, rest.system, rest.stranger]) {
      expect(await call('GET', `${path}/download`, undefined, token)).toMatchObject(denied);
      expect(await call('GET', path, undefined, token)).toMatchObject(denied);
      expect(await call('GET', path.replace('otaPackage/', 'otaPackage/info/'), undefined, token)).toMatchObject(denied);
    }
    expect((await call('GET', `/api/otaPackage/info/${unknownId}`)).status).toBe(404);
  });
});
