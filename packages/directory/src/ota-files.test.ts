// Goal: what uploads do that come at once or fail halfway. Method: the use case itself, with pieces that the test holds back.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { codeOf, openDirectory } from './directory.fixture.js';
import type { NewHash } from './running-hash.js';
import { OtaFiles, OtaPackages } from './index.js';

const newHash: NewHash = (algorithm) => {
  const hash = createHash(algorithm);
  return { update: (piece) => void hash.update(piece), digest: () => hash.digest('hex') };
};
const file = { fileName: 'f', contentType: 'x/y', checksumAlgorithm: 'MD5' as const };
async function* pieces(...texts: readonly string[]): AsyncIterable<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

async function open() {
  const d = await openDirectory();
  const draft = { name: 'Thermostat', packageVersion: '1', type: 'FIRMWARE' as const, usesUrl: false };
  const { id } = await new OtaPackages(d.deps).save(d.admin, draft);
  return { ...d, files: new OtaFiles({ ...d.deps, newHash, otaBytesMax: 10 }), id };
}

test('a second upload waits for the end of the first, and is free to start after that failed', async () => {
  const { files, admin, id, deps, one } = await open();
  const gate = Promise.withResolvers<never>();
  const started = Promise.withResolvers<void>();
  async function* stuck(): AsyncIterable<Uint8Array> {
    yield* pieces('half');
    started.resolve();
    await gate.promise;
  }
  const first = codeOf(files.upload(admin, id, { ...file, pieces: stuck() }));
  await started.promise;
  expect(await codeOf(files.upload(admin, id, { ...file, pieces: pieces('x') }))).toBe('DIRECTORY_OTA_UPLOAD_RUNS');
  gate.reject(new Error('gone'));
  expect(await first).toBe('gone');
  expect(await deps.blobs.bytes(one.tenantId)).toBe(0);
  expect(await files.upload(admin, id, { ...file, pieces: pieces('wh', 'ole') })).toMatchObject({ hasData: true, dataSize: 5 });
});

test('a file beyond the bound of the server is refused before it is taken whole', async () => {
  const { files, admin, id } = await open();
  const taken: string[] = [];
  async function* many(): AsyncIterable<Uint8Array> {
    for (const text of ['12345', '67890', '1', 'never']) {
      taken.push(text);
      yield* pieces(text);
    }
  }
  expect(await codeOf(files.upload(admin, id, { ...file, pieces: many() }))).toBe('DIRECTORY_OTA_FILE_TOO_LARGE');
  expect(taken).toEqual(['12345', '67890', '1']);
  expect((await files.upload(admin, id, { ...file, pieces: pieces('12345', '67890') })).dataSize).toBe(10);
});

test('the bytes of a package go with it when somebody removes it during the upload', async () => {
  const { files, admin, id, deps, one } = await open();
  async function* removing(): AsyncIterable<Uint8Array> {
    yield* pieces('bytes');
    await new OtaPackages(deps).remove(admin, id);
  }
  expect(await codeOf(files.upload(admin, id, { ...file, pieces: removing() }))).toBe('STORAGE_VERSION_CONFLICT');
  expect(await deps.blobs.bytes(one.tenantId)).toBe(0);
});
