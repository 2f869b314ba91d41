import type { DataStore, Durability } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import { aggregatesContract } from './data-store/aggregates.js';
import { alarmListsContract } from './data-store/alarm-lists.js';
import { alarmWritesContract } from './data-store/alarm-writes.js';
import { alarmsContract, attributesContract } from './data-store/attributes-and-alarms.js';
import { commitsContract } from './data-store/commits.js';
import { columnsContract } from './data-store/columns.js';
import { freshStore } from './data-store/fixtures.js';
import { givenBucketsContract } from './data-store/given-buckets.js';
import { leftToDoContract } from './data-store/left-to-do.js';
import { manyEntitiesContract } from './data-store/many-entities.js';
import { pointsContract } from './data-store/points.js';
import { randomCommitsContract } from './data-store/random-commits.js';
import { randomPointsContract } from './data-store/random-points.js';
import { removalsContract } from './data-store/removals.js';
import { removedPointsContract } from './data-store/removed-points.js';
import { reopenContract } from './data-store/reopen.js';
import { timeToLiveContract } from './data-store/time-to-live.js';
import { tracesContract } from './data-store/traces.js';
import { valueUsesContract } from './data-store/value-uses.js';
import type { OpenStore } from './store-under-test.js';

/**
 * Declares the tests of every promise of the `DataStore` port.
 *
 * @param durability what the store must say of itself; unless it is `memory`, `open` must offer `reopen`
 */
export function dataStoreContract(name: string, open: OpenStore<DataStore>, { durability }: { readonly durability: Durability }): void {
  describe(`data store ${name}`, () => {
    pointsContract(open);
    valueUsesContract(open);
    aggregatesContract(open);
    givenBucketsContract(open);
    columnsContract(open);
    removedPointsContract(open);
    timeToLiveContract(open);
    randomPointsContract(open);
    attributesContract(open);
    alarmsContract(open);
    alarmWritesContract(open);
    alarmListsContract(open);
    manyEntitiesContract(open);
    removalsContract(open);
    randomCommitsContract(open);
    leftToDoContract(open);
    tracesContract(open);
    commitsContract(open);
    if (durability !== 'memory') reopenContract(open);
    const opened = freshStore(open);
    test(`says how long it keeps things: ${durability}`, () => {
      expect(opened.store.durability).toBe(durability);
    });
  });
}
