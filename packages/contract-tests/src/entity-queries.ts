import type { EntityDataQuery } from '@fieldline/model';
import type { EntityQueries } from '@fieldline/ports';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alarmQueriesContract } from './entity-queries/alarms.js';
import { alarmQueries, entityQueries, worlds } from './entity-queries/random-worlds.js';
import { selectionContract } from './entity-queries/selection.js';
import { valuesContract } from './entity-queries/values.js';
import { viewsContract } from './entity-queries/views.js';
import { build, type QueriedStores } from './entity-queries/world.js';
import type { OpenStore } from './store-under-test.js';

/**
 * Declares the tests of every promise of the `EntityQueries` port.
 *
 * @param reference opens another adapter, with which random questions about random worlds are compared
 */
export function entityQueriesContract(
  name: string,
  open: OpenStore<QueriedStores>,
  { reference, worldsTried = 60 }: { readonly reference?: OpenStore<QueriedStores>; readonly worldsTried?: number } = {},
): void {
  describe(`entity queries ${name}`, () => {
    selectionContract(open);
    valuesContract(open);
    viewsContract(open);
    alarmQueriesContract(open);
    if (reference !== undefined) comparison(open, reference, worldsTried);
  });
}

function comparison(open: OpenStore<QueriedStores>, reference: OpenStore<QueriedStores>, numRuns: number): void {
  test('any question about any world has the answer of the reference', async () => {
    const entities = fc.array(entityQueries, { minLength: 8, maxLength: 8 });
    const alarms = fc.array(alarmQueries, { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(worlds, entities, alarms, async (world, asked, askedAlarms) => {
        const [tried, known] = await Promise.all([open(), reference()]);
        try {
          await Promise.all([tried, known].map(({ store }) => build(store, world)));
          const [a, b] = [tried.store.queries, known.store.queries];
          for (const query of asked) {
            expect([query, await a.find(query)]).toEqual([query, await b.find(query)]);
            expect([query, await a.count(query)]).toEqual([query, await b.count(query)]);
          }
          for (const query of asked.slice(0, 3)) await comparePages(a, query);
          for (const query of askedAlarms) {
            expect([query, await a.findAlarms(query)]).toEqual([query, await b.findAlarms(query)]);
            expect([query, await a.countAlarms(query)]).toEqual([query, await b.countAlarms(query)]);
          }
        } finally {
          await Promise.all([tried.dispose(), known.dispose()]);
        }
      }),
      { numRuns },
    );
  }, 120_000);
}

/** All pages of a query one after the other are what one page of everything holds, also where many entities are equal. */
async function comparePages(queries: EntityQueries, query: EntityDataQuery): Promise<void> {
  const whole = await queries.find({ ...query, page: 0, pageSize: 1_000 });
  const pages = Array.from({ length: Math.ceil(whole.totalElements / query.pageSize) }, (_, page) => queries.find({ ...query, page }));
  const found = (await Promise.all(pages)).flatMap(({ data }) => data);
  expect([query, found]).toEqual([query, whole.data]);
}
