// Goal: writing attributes uses up no numbers. Method: many attributes of some entities, then look at the numbers.
import { silentLog } from '@fieldline/kernel';
import { ValueKind, type EntityId, type TenantId } from '@fieldline/model';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { databaseFile } from '../database.js';
import { testFolder } from '../test-folder.fixture.js';
import { inProcessWriter } from '../writer/in-process-writer.js';
import { openSqliteDataStore } from './open-data-store.js';

const tenantId = '0a000000-0000-7000-8000-000000000001' as TenantId;
const device = (n: number): EntityId => ({ entityType: 'DEVICE', id: `00000000-0000-7000-8000-${String(n).padStart(12, '0')}` });

test('entities and keys are numbered one after the other, however many attributes are new at once', async () => {
  const folder = testFolder();
  const writer = inProcessWriter(folder.path);
  const store = await openSqliteDataStore({ path: folder.path, writer, log: silentLog });
  try {
    for (const ofUnit of [[1, 2], [2, 3], [4]]) {
      const unit = store.begin();
      for (const n of ofUnit) {
        for (const key of ['a', 'b', `with ${ofUnit.join()}`]) {
          unit.attribute({ tenantId, entity: device(n), scope: 'SERVER_SCOPE', key, kind: ValueKind.long, value: n, lastUpdateMs: 1 });
        }
      }
      await store.commit(unit);
    }
    const database = new DatabaseSync(databaseFile(folder.path), { readOnly: true });
    const numbersIn = (table: string): unknown[] => {
      const rows = database.prepare(`SELECT number FROM ${table} ORDER BY number`).all();
      return rows.map(({ number }) => number);
    };
    expect(numbersIn('numbered_entity')).toEqual([1, 2, 3, 4]);
    expect(numbersIn('attribute_key')).toEqual([1, 2, 3, 4, 5]);
    expect(database.prepare('SELECT count(*) AS n FROM attribute').get()?.['n']).toBe(13);
    database.close();
  } finally {
    await store.close();
    await writer.close();
    folder.remove();
  }
});
