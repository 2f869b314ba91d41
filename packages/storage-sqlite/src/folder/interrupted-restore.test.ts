// Goal: a restore that is killed anywhere leaves the old folder or one that is finished by whoever comes next, and never loses what was there.
// Method: a folder with points that only its write-ahead log has; the restore ends after each of its steps in turn.
import { TestClock } from '@fieldline/contract-tests';
import { ValueKind, type EntityId, type TenantId } from '@fieldline/model';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDataStore, testFolder } from '../test-folder.fixture.js';
import { backupFolder, restoreFolder } from './backup-folder.js';
import { FolderSnapshot } from './folder-snapshot.js';

const tenantId = 'tenant' as TenantId;
const meter: EntityId = { entityType: 'DEVICE', id: 'meter' };
let folder: ReturnType<typeof testFolder>;
beforeEach(() => (folder = testFolder()));
afterEach(() => folder.remove());

/** A backup with the point 1, and a target with 1 and 2, of which the second is in its log only. */
async function prepared(): Promise<{ backup: string; target: string }> {
  const [work, backup, target] = ['work', 'backup', 'target'].map((name) => join(folder.path, name)) as [string, string, string];
  const { store, close } = await openDataStore(work);
  for (const tsMs of [1, 2]) {
    const unit = store.begin();
    unit.point(tenantId, meter, 'n', tsMs, ValueKind.long, tsMs, 0);
    await store.commit(unit);
    if (tsMs === 1) backupFolder({ from: work, to: backup });
  }
  mkdirSync(target);
  for (const file of ['fieldline.db', 'fieldline.db-wal']) copyFileSync(join(work, file), join(target, file));
  await close();
  writeFileSync(join(backup, 'token-signing.key'), 'new');
  writeFileSync(join(target, 'token-signing.key'), 'old');
  return { backup, target };
}

/** The times of all points of a folder, and its key. */
function contentOf(path: string): unknown {
  const snapshot = new FolderSnapshot({ path, clock: new TestClock() });
  const query = { startMs: 0, endMs: 9, limit: 9, order: 'ASC' } as const;
  const times = [...snapshot.series()].flatMap(({ id }) => [...snapshot.points(id, query)].flatMap(({ times, count }) => [...times.slice(0, count)]));
  snapshot.close();
  return [times, readFileSync(join(path, 'token-signing.key'), 'utf8')];
}

const [old, restored] = [
  [[1, 2], 'old'],
  [[1], 'new'],
];
const finishers = {
  'the next server': ({ target }: { target: string }) => openDataStore(target).then(({ close }) => close()),
  'the next restore': ({ backup, target }: { backup: string; target: string }) => void restoreFolder({ from: backup, to: target, setAside: 'again' }),
};

test.each(Object.entries(finishers))('%s finishes a restore that ended after any step', async (_, finish) => {
  let unfinished = 0;
  for (let last = 1, isDone = false; !isDone; last += 1) {
    const { backup, target } = await prepared();
    let steps = 0;
    const onStep = (): void => {
      if ((steps += 1) === last) throw new Error('killed');
    };
    isDone = true;
    try {
      restoreFolder({ from: backup, to: target, setAside: 'now', onStep });
    } catch {
      isDone = false;
    }
    if (last === 1) expect(contentOf(target)).toEqual(old);
    else {
      if (readdirSync(target).includes('fieldline.restoring')) {
        unfinished += 1;
        expect(() => contentOf(target)).toThrow(expect.objectContaining({ code: 'SQLITE_RESTORE_UNFINISHED' }));
        await finish({ backup, target });
      }
      expect([contentOf(target), contentOf(join(target, 'before-restore-now'))]).toEqual([restored, old]);
    }
    folder.remove();
    folder = testFolder();
  }
  expect(unfinished).toBe(6);
});

test('what was made ready and never promised is not taken by the next restore', async () => {
  const { backup, target } = await prepared();
  for (const name of ['fieldline.db.restored', 'token-signing.key.restored', 'fieldline.restoring.part']) writeFileSync(join(target, name), 'torn');
  await finishers['the next server']({ target });
  expect(contentOf(target)).toEqual(old);
  restoreFolder({ from: backup, to: target, setAside: 'now' });
  expect(contentOf(target)).toEqual(restored);
  expect(readdirSync(target).filter((name) => name.includes('restor'))).toEqual(['before-restore-now']);
});
