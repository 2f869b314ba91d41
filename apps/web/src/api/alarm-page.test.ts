// Goal: pages of alarms put together by weight miss none and show none twice. Method: a server that sorts severities by
// name as the real one does, and a reading through all pages of random lists.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alarmsOf } from '../alarms/alarm.fixture.js';
import type { AlarmFilter } from './alarm-api.js';
import { alarmPage } from './alarm-page.js';
import type { ListQuery } from './api.js';
import { type AlarmInfo, alarmSeverities } from './wire.js';

function server(alarms: readonly AlarmInfo[]) {
  const asked: string[] = [];
  const ask = ({ severities }: AlarmFilter, { page, pageSize, sortProperty, sortOrder }: ListQuery) => {
    asked.push(`${severities.join()} ${sortProperty} ${page}`);
    const found = alarms.filter(({ severity }) => severities.length === 0 || severities.includes(severity));
    const sign = sortOrder === 'DESC' ? -1 : 1;
    if (sortProperty === 'severity') found.sort((a, b) => sign * a.severity.localeCompare(b.severity));
    const data = found.slice(page * pageSize, (page + 1) * pageSize);
    const totalElements = found.length;
    return Promise.resolve({ data, totalElements, totalPages: Math.ceil(totalElements / pageSize), hasNext: (page + 1) * pageSize < totalElements });
  };
  return { ask, asked };
}

const all: AlarmFilter = { statuses: [], severities: [] };
const worstFirst = { page: 0, pageSize: 10, sortProperty: 'severity', sortOrder: 'DESC' } as const;
const namesOf = (alarms: readonly AlarmInfo[]) => alarms.map(({ severity }) => severity);

test('the worst come first, within a severity the latest', async () => {
  const { ask } = server(alarmsOf('WARNING', 'MINOR', 'INDETERMINATE', 'CRITICAL', 'MAJOR', 'CRITICAL'));
  const { data, totalElements } = await alarmPage(all, worstFirst, ask);
  expect(data.map(({ id }) => id.id)).toEqual(['CRITICAL-3', 'CRITICAL-5', 'MAJOR-4', 'MINOR-1', 'WARNING-0', 'INDETERMINATE-2']);
  expect(totalElements).toBe(6);
});

test('the other way round begins with the least', async () => {
  const { ask } = server(alarmsOf('CRITICAL', 'WARNING', 'INDETERMINATE'));
  const { data } = await alarmPage(all, { ...worstFirst, sortOrder: 'ASC' }, ask);
  expect(namesOf(data)).toEqual(['INDETERMINATE', 'WARNING', 'CRITICAL']);
});

test.each([
  { severities: ['CRITICAL', 'MINOR'] as const, asked: ['CRITICAL,MINOR severity 0'] },
  { severities: ['INDETERMINATE'] as const, asked: ['INDETERMINATE startTs 0'] },
])('$severities takes one request', async ({ severities, asked }) => {
  const served = server(alarmsOf('CRITICAL', 'INDETERMINATE'));
  await alarmPage({ ...all, severities }, worstFirst, served.ask);
  expect(served.asked).toEqual(asked);
});

test('another order is the business of the server', async () => {
  const served = server(alarmsOf('INDETERMINATE', 'CRITICAL'));
  const { data } = await alarmPage(all, { ...worstFirst, sortProperty: 'startTs' }, served.ask);
  expect([namesOf(data), served.asked]).toEqual([['INDETERMINATE', 'CRITICAL'], [' startTs 0']]);
});

test('all pages together are the whole list in its order', async () => {
  const severities = fc.array(fc.constantFrom(...alarmSeverities), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(
      severities,
      fc.integer({ min: 1, max: 7 }),
      fc.constantFrom('ASC' as const, 'DESC' as const),
      async (given, pageSize, sortOrder) => {
        const alarms = alarmsOf(...given);
        const { ask } = server(alarms);
        const read: AlarmInfo[] = [];
        for (let page = 0, hasNext = true; hasNext; page += 1) {
          const found = await alarmPage(all, { ...worstFirst, page, pageSize, sortOrder }, ask);
          read.push(...found.data);
          expect(found.totalElements).toBe(alarms.length);
          hasNext = found.hasNext;
        }
        const weights = read.map(({ severity }) => alarmSeverities.indexOf(severity));
        expect(weights).toEqual([...weights].sort((a, b) => (sortOrder === 'DESC' ? a - b : b - a)));
        expect(new Set(read.map(({ id }) => id.id)).size).toBe(alarms.length);
      },
    ),
  );
});
