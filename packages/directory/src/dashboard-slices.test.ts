// Goal: however many dashboards a list asks for, few documents of megabytes are in memory at a time. Method: the memory store,
// which says how many it was asked for at once; pages of every size against those that are read whole.
import type { Dashboard } from '@fieldline/model';
import type { EntityStore } from '@fieldline/ports';
import { beforeEach, expect, it } from 'vitest';
import { openDirectory } from './directory.fixture.js';
import { Dashboards } from './index.js';
import { DASHBOARDS_READ_AT_ONCE } from './limits.js';

const count = 2 * DASHBOARDS_READ_AT_ONCE + 7;
let d: Awaited<ReturnType<typeof openDirectory>>;
let dashboards: Dashboards;
let most: number;
let ids: readonly string[];
beforeEach(async () => {
  d = await openDirectory();
  most = 0;
  const note = <T extends readonly unknown[]>(found: T): T => {
    most = Math.max(most, found.length);
    return found;
  };
  const page: EntityStore['page'] = async (...asked) => {
    const found = await d.entities.page(...asked);
    note(found.data);
    return found;
  };
  const findMany: EntityStore['findMany'] = async (...asked) => note(await d.entities.findMany(...asked));
  const own = { page, findMany };
  const entities = new Proxy(d.entities, {
    get: (store, name) => (name in own ? own[name as keyof typeof own] : (store[name as keyof EntityStore] as () => unknown).bind(store)),
  });
  dashboards = new Dashboards({ ...d.deps, entities });
  const made = Array.from({ length: count }, (_, place): Dashboard => {
    const head = { id: d.deps.ids.next(), tenantId: d.admin.tenantId, createdAtMs: place, version: 1 };
    return { ...head, name: `D ${place % 10}`, isHiddenOnMobile: false, customerIds: [], configuration: { widgets: 'many' } };
  });
  await d.entities.write(made.map((entity) => ({ change: 'insert', kind: 'dashboard', entity })));
  ids = made.map(({ id }) => id);
});

it.each([1, 7, DASHBOARDS_READ_AT_ONCE - 1, DASHBOARDS_READ_AT_ONCE, DASHBOARDS_READ_AT_ONCE + 1, count - 1, count, 10_000])(
  'pages of %s are the same as read whole, without configurations',
  async (pageSize) => {
    for (let page = 0; page * pageSize <= count; page += 1) {
      const query = { page, pageSize, sortBy: 'name', sortOrder: 'DESC' } as const;
      const whole = await d.entities.page('dashboard', d.admin.tenantId, query);
      const without = whole.data.map(({ configuration: _, ...info }) => info);
      expect(await dashboards.page(d.admin, query)).toEqual({ ...whole, data: without });
    }
    expect(most).toBeLessThanOrEqual(DASHBOARDS_READ_AT_ONCE);
  },
);

it('a list by ids comes in their order, without configurations', async () => {
  const found = await dashboards.byIds(d.admin, [...ids].reverse());
  expect(found.map(({ id }) => id)).toEqual([...ids].reverse());
  expect(found.some((dashboard) => 'configuration' in dashboard)).toBe(false);
  expect(most).toBeLessThanOrEqual(DASHBOARDS_READ_AT_ONCE);
});
