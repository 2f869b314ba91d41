// Goal: what npm packs is read as it was packed, and bytes that are no archive give an error, never a wrong file or an endless loop.
// Method: archives of the tar of this machine, hand-made headers, and random bytes.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entry } from './tar.fixture.js';
import { readTar } from './tar.js';

const wrong = (reason: string): Error => new Error(`wrong: ${reason}`);
const read = (...parts: readonly Uint8Array[]) =>
  [...readTar(Buffer.concat([...parts, Buffer.alloc(1_024)]), wrong)].map(({ path, kind, content }) => [path, kind, Buffer.from(content).toString()]);

test.each(['ustar', 'pax'])('an archive that tar made in the form %s is read as it was packed', (form) => {
  const folder = mkdtempSync(join(tmpdir(), 'fieldline-tar-'));
  // Longer than the field for a name: ustar splits it, pax writes a header of its own before it.
  const long = `package/${'deep/'.repeat(12)}${'x'.repeat(60)}.js`;
  try {
    mkdirSync(join(folder, 'package', 'deep/'.repeat(12)), { recursive: true });
    writeFileSync(join(folder, 'package', 'a.js'), 'export {};\n');
    writeFileSync(join(folder, long), 'y'.repeat(1_500));
    const { status } = spawnSync('tar', ['--format', form, '-cf', 'all.tar', 'package/a.js', long], { cwd: folder });
    expect(status).toBe(0);
    const entries = [...readTar(readFileSync(join(folder, 'all.tar')), wrong)];
    expect(entries.map(({ path, kind, content }) => [path, kind, content.length])).toEqual([
      ['package/a.js', 'file', 11],
      [long, 'file', 1_500],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('links and folders are told from files', () => {
  const entries = [
    entry({ path: 'p/', type: '5' }),
    entry({ path: 'p/l', type: '2' }),
    entry({ path: 'p/h', type: '1' }),
    entry({ path: 'p/f', text: 'f' }),
  ];
  expect(read(...entries)).toEqual([
    ['p/', 'folder', ''],
    ['p/l', 'link', ''],
    ['p/h', 'link', ''],
    ['p/f', 'file', 'f'],
  ]);
});

test.each([
  { name: 'a device', bytes: () => entry({ path: 'p/d', type: '3' }), says: 'is no file' },
  { name: 'a damaged header', bytes: () => entry({ path: 'p/f' }).fill('q', 0, 3), says: 'damaged' },
  { name: 'a file without its end', bytes: () => entry({ path: 'p/f', text: 'z'.repeat(5_000) }).subarray(0, 600), says: 'in the middle' },
  { name: 'a header of nonsense', bytes: () => entry({ path: 'h', type: 'x', text: '99 path=a\n' }), says: 'cannot be read' },
  { name: 'a header without length', bytes: () => entry({ path: 'h', type: 'x', text: '0 path=a\n' }), says: 'cannot be read' },
])('$name is refused', ({ bytes, says }) => {
  expect(() => read(bytes())).toThrow(says);
});

test('an archive without its end is refused', () => {
  expect(() => [...readTar(entry({ path: 'p/f' }), wrong)]).toThrow('no end');
});

test('any bytes give entries or an error', () => {
  const block = fc.uint8Array({ minLength: 512, maxLength: 512 });
  const lying = fc
    .tuple(fc.string({ maxLength: 99 }), fc.constantFrom('0', '5', 'x', 'g', '1'), fc.string({ maxLength: 600 }))
    .map(([path, type, text]) => entry({ path, type, text }));
  fc.assert(
    fc.property(fc.array(fc.oneof(block, lying), { maxLength: 6 }), (parts) => {
      try {
        expect(read(...parts).length).toBeLessThanOrEqual(6);
      } catch (error) {
        expect((error as Error).message).toMatch(/^wrong: /);
      }
    }),
  );
});
