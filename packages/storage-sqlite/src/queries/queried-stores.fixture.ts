import { silentLog } from '@fieldline/kernel';
import { openSqliteDataStore } from '../data/open-data-store.js';
import { openSqliteEntityStore } from '../entities/sqlite-entity-store.js';
import { testFolder } from '../test-folder.fixture.js';
import { inProcessWriter } from '../writer/in-process-writer.js';
import { openSqliteEntityQueries, type SqliteEntityQueriesOptions } from './sqlite-entity-queries.js';

/** Both stores of a folder of its own, and queries over them. */
export async function openQueriedStores({ latest, limits }: Partial<SqliteEntityQueriesOptions> = {}) {
  const folder = testFolder();
  const writer = inProcessWriter(folder.path);
  const entities = await openSqliteEntityStore({ path: folder.path, writer });
  const data = await openSqliteDataStore({ path: folder.path, writer, log: silentLog });
  const queries = openSqliteEntityQueries({ path: folder.path, latest: latest ?? data, limits });
  return {
    store: { entities, data, queries },
    dispose: async () => {
      queries.close();
      await Promise.all([data.close(), entities.close()]);
      await writer.close();
      folder.remove();
    },
  };
}
