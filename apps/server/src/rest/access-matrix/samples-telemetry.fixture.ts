import type { EntityType } from '@fieldline/model';
import type { Inputs, Making, Sample, Samples } from './sample.fixture.js';
import { ref, type Things } from './things.fixture.js';

const makers: readonly (readonly [EntityType, (the: Things) => string | Promise<string>])[] = [
  ['DEVICE', (the) => the.device()],
  ['ASSET', (the) => the.asset()],
  ['ENTITY_VIEW', (the) => the.entityView()],
  ['CUSTOMER', (the) => the.customer()],
  ['TENANT', (the) => the.tenant()],
  ['USER', (the) => the.user()],
  ['DASHBOARD', (the) => the.dashboard()],
  ['DEVICE_PROFILE', (the) => the.deviceProfile()],
  ['ASSET_PROFILE', (the) => the.assetProfile()],
  ['RULE_CHAIN', (the) => the.ruleChain()],
  ['OTA_PACKAGE', (the) => the.otaPackage()],
];

/** A sample for each type of entity. */
const each = (rest: (making: Making) => Inputs = () => ({})): Readonly<Record<string, Sample>> =>
  Object.fromEntries(
    makers.map(([entityType, make]): [string, Sample] => [
      entityType,
      async (making) => {
        const { params, ...others } = rest(making);
        return { ...others, params: { ...params, entityType, entityId: await make(making.the) } };
      },
    ]),
  );
const attributes = () => ({ body: { a: 'y' } });

const ends = async (from: Things, to: Things) => ({ from: ref('DEVICE', await from.device()), to: ref('ASSET', await to.asset()), type: 'Contains' });
const pairs: Readonly<Record<string, (making: Making) => ReturnType<typeof ends>>> = {
  'from the object': ({ the, mine }) => ends(the, mine),
  'to the object': ({ the, mine }) => ends(mine, the),
};
const saved: Readonly<Record<string, Sample>> = Object.fromEntries(
  Object.entries(pairs).map(([name, pair]): [string, Sample] => [name, async (making) => ({ body: await pair(making) })]),
);
/** Of a relation there is. */
const addressed: Readonly<Record<string, Sample>> = Object.fromEntries(
  Object.entries(pairs).map(([name, pair]): [string, Sample] => [
    name,
    async (making) => {
      const { from, to } = await pair(making);
      await making.the.relation(from, to);
      return { query: { fromId: from.id, fromType: from.entityType, relationType: 'Contains', toId: to.id, toType: to.entityType } };
    },
  ]),
);
/** From a room of the row's to everything that stands in it, some of which others own. */
const room = async ({ the, mine }: Making) => {
  const [from, to] = [ref('ASSET', await the.asset()), ref('DEVICE', await mine.device())];
  await the.relation(from, to);
  await the.relation(from, ref('DEVICE', await the.device()));
  return { from, to };
};
const listed: Readonly<Record<string, Sample>> = {
  'from the object': async (making) => ({ query: { fromId: (await room(making)).from.id, fromType: 'ASSET' } }),
  'to the object': async ({ the }) => ({ query: { toId: await the.device(), toType: 'DEVICE' } }),
};
const queried: Sample = async (making) => {
  const { from } = await room(making);
  return { body: { parameters: { rootId: from.id, rootType: 'ASSET', direction: 'FROM', relationTypeGroup: 'COMMON', maxLevel: 5 }, filters: [] } };
};

const telemetry = '/api/plugins/telemetry';
/** Attributes, time series, relations, and calls that rule chains answer. */
export const telemetrySamples: Samples = {
  [`GET ${telemetry}/:entityType/:entityId/values/attributes`]: each(),
  [`GET ${telemetry}/:entityType/:entityId/values/timeseries`]: each(() => ({ query: { keys: 't' } })),
  [`GET ${telemetry}/:entityType/:entityId/values/timeseries/history`]: () => ({ query: { keys: 't', startTs: '0', endTs: '1000' } }),
  [`POST ${telemetry}/:deviceId/:scope`]: attributes,
  [`POST ${telemetry}/:entityType/:entityId/:scope`]: attributes,
  [`POST ${telemetry}/:entityType/:entityId/attributes/:scope`]: each(attributes),
  [`POST ${telemetry}/:entityType/:entityId/timeseries/:any`]: each(() => ({ body: { t: 1 } })),
  [`POST ${telemetry}/:entityType/:entityId/timeseries/:any/:ttl`]: () => ({ body: { t: 1 } }),
  [`DELETE ${telemetry}/:deviceId/:scope`]: () => ({ query: { keys: 'a' } }),
  [`DELETE ${telemetry}/:entityType/:entityId/:scope`]: () => ({ query: { keys: 'a' } }),
  [`DELETE ${telemetry}/:entityType/:entityId/timeseries/delete`]: each(() => ({ query: { keys: 't', deleteAllDataForKeys: 'true' } })),
  'POST /api/rule-engine': () => ({ body: { a: 1 } }),
  'POST /api/rule-engine/:entityType/:entityId': each(() => ({ body: { a: 1 } })),
  'POST /api/rule-engine/:entityType/:entityId/:timeout': () => ({ params: { timeout: '5000' }, body: { a: 1 } }),
  'POST /api/rule-engine/:entityType/:entityId/:queueName/:timeout': () => ({ params: { queueName: 'Main', timeout: '5000' }, body: { a: 1 } }),
  'POST /api/relation': saved,
  'POST /api/v2/relation': saved,
  'DELETE /api/relation': addressed,
  'DELETE /api/v2/relation': addressed,
  'GET /api/relation': addressed,
  'GET /api/relations': listed,
  'GET /api/relations/info': listed,
  'POST /api/relations': queried,
  'POST /api/relations/info': queried,
};
