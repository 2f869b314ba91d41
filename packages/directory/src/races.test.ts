// Goal: what other writers do between a read and a write refuses one row or costs one more attempt, and nothing else.
// Method: the memory store with a writer that comes in between.
import type { EntityChange, EntityStore, TimeSeriesReader } from '@fieldline/ports';
import { beforeEach, describe, expect, it } from 'vitest';
import { openDirectory } from './directory.fixture.js';
import { Assets, BulkImport, viewedSeries } from './index.js';

let d: Awaited<ReturnType<typeof openDirectory>>;
beforeEach(async () => {
  d = await openDirectory();
});

/** The store of the directory, in which somebody else adds assets of these names just before the next write. */
function withCompetitor(...names: readonly string[]): EntityStore {
  const waiting = [...names];
  const write = async (changes: readonly EntityChange[]): Promise<void> => {
    const name = waiting.shift();
    const [profile] = await d.entities.findAll('assetProfile', d.one.tenantId, {}, 1);
    const head = { id: d.deps.ids.next(), tenantId: d.one.tenantId, createdAtMs: 1, version: 1, type: 'default' };
    const entity = { ...head, name: name ?? '', assetProfileId: profile?.id ?? '' };
    if (name !== undefined) await d.entities.write([{ change: 'insert', kind: 'asset', entity }]);
    return d.entities.write(changes);
  };
  const methods = ['find', 'findMany', 'findAll', 'findInfos', 'findAllInfos', 'page', 'count', 'tenantOf', 'credentialsById'] as const;
  const reads = Object.fromEntries(methods.map((method) => [method, (d.entities[method] as () => unknown).bind(d.entities)]));
  return { ...reads, write } as unknown as EntityStore;
}

describe('a name that somebody takes at the same moment', () => {
  const numbered = { policy: 'UNIQUIFY', separator: '_', strategy: 'INCREMENTAL' } as const;

  it('makes a save look for another one', async () => {
    const assets = new Assets({ ...d.deps, entities: withCompetitor('A', 'A_1') });
    expect((await assets.save(d.admin, { name: 'A' }, numbered)).name).toBe('A_2');
  });

  it('refuses a save that may not, and one whose names are taken again and again', async () => {
    const assets = new Assets({ ...d.deps, entities: withCompetitor('A') });
    await expect(assets.save(d.admin, { name: 'A' })).rejects.toMatchObject({ code: 'DIRECTORY_ASSET_NAME_TAKEN' });
    const late = new Assets({ ...d.deps, entities: withCompetitor('B', 'B_1', 'B_2', 'B_3', 'B_4') });
    await expect(late.save(d.admin, { name: 'B' }, numbered)).rejects.toMatchObject({ code: 'DIRECTORY_ASSET_NAME_TAKEN' });
  });

  it('takes the rows of an import one by one, each as it then is', async () => {
    const deps = { ...d.deps, entities: withCompetitor('B', 'x', 'y', 'C') };
    const importer = await BulkImport.start(deps, 'asset', d.admin, false);
    const taken = await importer.take(['A', 'B', 'C'].map((name, place) => ({ line: place + 1, name, label: 'L' })));
    expect(taken.map((row) => [row.line, 'outcome' in row ? row.outcome : row.error.code])).toEqual([
      [1, 'created'],
      [2, 'updated'],
      [3, 'DIRECTORY_ASSET_NAME_TAKEN'],
    ]);
  });
});

describe('the time series of a view', () => {
  it('are not asked for where the view shows nothing of the range', async () => {
    const asked: string[] = [];
    const note = (what: string) => async () => {
      asked.push(what);
      return [];
    };
    const noted = { keys: note('keys'), latest: note('latest'), range: note('range'), aggregate: note('aggregate') };
    const columns: TimeSeriesReader['columns'] = async function* () {
      yield* await note('columns')();
    };
    const series: TimeSeriesReader = { ...noted, columns };
    const keys = { timeseries: ['t'], attributes: { cs: [], ss: [], sh: [] } };
    const view = { id: d.deps.ids.next(), tenantId: d.one.tenantId, createdAtMs: 1, version: 1, name: 'v', type: 'v', keys };
    const target = { targetType: 'DEVICE', targetId: 'x', startMs: 1000, endMs: 2000 } as const;
    await d.entities.write([{ change: 'insert', kind: 'entityView', entity: { ...view, ...target } }]);
    const reader = viewedSeries(series, d.entities);
    const entity = { entityType: 'ENTITY_VIEW', id: view.id } as const;
    const range = (key: string, startMs: number, endMs: number) =>
      reader.range(d.one.tenantId, entity, { key, startMs, endMs, limit: 1, order: 'ASC' });
    const aggregate = (key: string, startMs: number, endMs: number) =>
      reader.aggregate(d.one.tenantId, entity, { key, startMs, endMs, intervalMs: 10, aggregation: 'AVG' });
    const columnsOf = async (key: string, startMs: number, endMs: number) => {
      const pieces = reader.columns(d.one.tenantId, entity, { key, startMs, endMs, limit: 1, order: 'ASC' });
      await pieces[Symbol.asyncIterator]().next();
    };
    for (const read of [range, columnsOf, aggregate]) {
      await read('t', 0, 1000);
      await read('t', 2001, 3000);
      await read('other', 1000, 2000);
    }
    expect(asked).toEqual([]);
    await range('t', 0, 1001);
    await columnsOf('t', 0, 1001);
    await aggregate('t', 2000, 3000);
    expect(asked).toEqual(['range', 'columns', 'aggregate']);
  });
});
