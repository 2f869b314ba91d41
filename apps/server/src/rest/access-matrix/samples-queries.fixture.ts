import type { Inputs, Making, Sample, Samples } from './sample.fixture.js';
import { ref } from './things.fixture.js';

const relatedFrom = async ({ the, mine }: Making) => {
  const root = ref('ASSET', await the.asset());
  await the.relation(root, ref('DEVICE', await the.device()));
  await the.relation(root, ref('DEVICE', await mine.device()));
  return { rootEntity: root, direction: 'FROM', maxLevel: 5 };
};

/** An entity filter of each kind. */
const filters: Readonly<Record<string, (making: Making) => object | Promise<object>>> = {
  singleEntity: async ({ the }) => ({ type: 'singleEntity', singleEntity: ref('DEVICE', await the.device()) }),
  entityList: async ({ the }) => ({ type: 'entityList', entityType: 'DEVICE', entityList: [await the.device()] }),
  entityName: () => ({ type: 'entityName', entityType: 'DEVICE', entityNameFilter: 'Thing' }),
  'entityType of devices': () => ({ type: 'entityType', entityType: 'DEVICE' }),
  'entityType of customers': () => ({ type: 'entityType', entityType: 'CUSTOMER' }),
  'entityType of users': () => ({ type: 'entityType', entityType: 'USER' }),
  'entityType of dashboards': () => ({ type: 'entityType', entityType: 'DASHBOARD' }),
  'entityType of tenants': () => ({ type: 'entityType', entityType: 'TENANT' }),
  deviceType: () => ({ type: 'deviceType', deviceTypes: ['default'], deviceNameFilter: '' }),
  assetType: () => ({ type: 'assetType', assetTypes: ['default'], assetNameFilter: '' }),
  entityViewType: () => ({ type: 'entityViewType', entityViewTypes: ['default'], entityViewNameFilter: '' }),
  relationsQuery: async (making) => ({ type: 'relationsQuery', ...(await relatedFrom(making)) }),
  'relationsQuery from several': async (making) => {
    const { rootEntity, direction } = await relatedFrom(making);
    return { type: 'relationsQuery', multiRoot: true, multiRootEntitiesType: 'ASSET', multiRootEntityIds: [rootEntity.id], direction };
  },
  deviceSearchQuery: async (making) => ({
    type: 'deviceSearchQuery',
    ...(await relatedFrom(making)),
    relationType: 'Contains',
    deviceTypes: ['default'],
  }),
};

const name = { type: 'ENTITY_FIELD', key: 'name' };
const pageLink = { page: 0, pageSize: 1_000, sortOrder: { key: name, direction: 'ASC' } };
const each = (bodyOf: (entityFilter: object) => object, more: Inputs = {}): Readonly<Record<string, Sample>> =>
  Object.fromEntries(
    Object.entries(filters).map(([kind, make]): [string, Sample] => [kind, async (making) => ({ ...more, body: bodyOf(await make(making)) })]),
  );
const find = (entityFilter: object): object => ({ entityFilter, pageLink, entityFields: [name], latestValues: [{ type: 'ATTRIBUTE', key: 'a' }] });
const createdTime = { type: 'ALARM_FIELD', key: 'createdTime' };
const findAlarms = (entityFilter: object): object => ({
  entityFilter,
  pageLink: { page: 0, pageSize: 1_000, sortOrder: { key: createdTime, direction: 'DESC' }, searchPropagatedAlarms: true },
  alarmFields: [{ type: 'ALARM_FIELD', key: 'type' }],
  entityFields: [name],
  latestValues: [],
});
const firstOf =
  (entityFilter: string, bodyOf: (filter: object) => object): Sample =>
  async (making) => ({
    body: bodyOf((await filters[entityFilter]?.(making)) ?? {}),
  });

/** Entity and alarm queries. */
export const querySamples: Samples = {
  'POST /api/entitiesQuery/find': each(find),
  'POST /api/entitiesQuery/count': firstOf('entityList', (entityFilter) => ({ entityFilter })),
  'POST /api/entitiesQuery/find/keys': firstOf('entityList', find),
  'POST /api/v2/entitiesQuery/find/keys': firstOf('entityList', find),
  'POST /api/alarmsQuery/find': each(findAlarms),
  'POST /api/alarmsQuery/count': firstOf('entityList', (entityFilter) => ({ entityFilter })),
};
