import type { Choices } from './choices.js';
import type { ValidValues } from './valid.js';

type Template = (valid: ValidValues, choices: Choices) => unknown;

const idOf = (valid: ValidValues, choices: Choices, entityType: string) => ({ entityType, id: valid.idFor(entityType.toLowerCase(), choices) });
const types = ['DEVICE', 'ASSET', 'CUSTOMER', 'DASHBOARD', 'ENTITY_VIEW'] as const;
const name = { type: 'ENTITY_FIELD', key: 'name' };

const predicates: readonly Template[] = [
  (_, choices) => ({
    type: 'STRING',
    operation: choices.pick(['EQUAL', 'CONTAINS', 'STARTS_WITH', 'IN', 'NOT_IN']),
    value: { defaultValue: "a,'b'%_" },
    ignoreCase: true,
  }),
  () => ({ type: 'NUMERIC', operation: 'GREATER', value: { defaultValue: 1, dynamicValue: { sourceType: 'CURRENT_TENANT', sourceAttribute: 'a' } } }),
  () => ({ type: 'BOOLEAN', operation: 'EQUAL', value: { defaultValue: true } }),
  (valid, choices) => ({
    type: 'COMPLEX',
    operation: 'OR',
    predicates: [choices.pick(predicates)(valid, choices), choices.pick(predicates)(valid, choices)],
  }),
];

const filters: readonly Template[] = [
  (valid, choices) => ({ type: 'singleEntity', singleEntity: idOf(valid, choices, choices.pick(types)) }),
  (valid, choices) => ({
    type: 'entityList',
    entityType: 'DEVICE',
    entityList: [valid.idFor('deviceId', choices), valid.idFor('deviceId', choices)],
  }),
  (_, choices) => ({ type: 'entityName', entityType: choices.pick(types), entityNameFilter: choices.pick(['fuzz', '%u%', '', '_']) }),
  (_, choices) => ({ type: 'entityType', entityType: choices.pick(types) }),
  () => ({ type: 'deviceType', deviceTypes: ['default'], deviceNameFilter: 'f' }),
  (valid, choices) => ({
    type: 'relationsQuery',
    rootEntity: idOf(valid, choices, 'ASSET'),
    direction: 'FROM',
    maxLevel: 3,
    filters: [{ relationType: 'Contains', entityTypes: ['DEVICE'] }],
  }),
  (valid, choices) => ({
    type: 'deviceSearchQuery',
    rootEntity: idOf(valid, choices, 'ASSET'),
    direction: 'TO',
    relationType: 'Contains',
    deviceTypes: ['default'],
  }),
];

const query: Template = (valid, choices) => ({
  entityFilter: choices.pick(filters)(valid, choices),
  pageLink: { page: 0, pageSize: 10, textSearch: choices.pick([null, 'f', '%']), sortOrder: { key: name, direction: 'DESC' } },
  entityFields: [name, { type: 'ENTITY_FIELD', key: 'ownerName' }],
  latestValues: [
    { type: 'ATTRIBUTE', key: 'a' },
    { type: 'TIME_SERIES', key: 't' },
  ],
  keyFilters: [
    { key: choices.pick([name, { type: 'TIME_SERIES', key: 't' }]), valueType: 'STRING', predicate: choices.pick(predicates)(valid, choices) },
  ],
  keyFiltersOperation: choices.pick(['AND', 'OR']),
});

const alarmQuery: Template = (valid, choices) => ({
  ...(query(valid, choices) as object),
  pageLink: {
    page: 0,
    pageSize: 10,
    sortOrder: { key: { type: 'ALARM_FIELD', key: 'createdTime' }, direction: 'DESC' },
    statusList: ['ACTIVE'],
    typeList: ['x'],
  },
  alarmFields: [{ type: 'ALARM_FIELD', key: 'type' }],
});

const relation: Template = (valid, choices) => ({ from: idOf(valid, choices, 'ASSET'), to: idOf(valid, choices, 'DEVICE'), type: 'Contains' });
const relationQuery: Template = (valid, choices) => ({
  parameters: { rootId: valid.idFor('assetId', choices), rootType: 'ASSET', direction: 'FROM', relationTypeGroup: 'COMMON', maxLevel: 3 },
  filters: [{ relationType: 'Contains', entityTypes: ['DEVICE'] }],
});
const imported: Template = () => ({
  file: 'name;type;"a ""b""";1\nfuzz;default;x;2\n"open',
  mapping: {
    columns: [{ type: 'NAME' }, { type: 'TYPE' }, { type: 'SERVER_ATTRIBUTE', key: 'a' }, { type: 'TIMESERIES', key: 't' }],
    delimiter: ';',
    header: true,
    update: true,
  },
});
const profileData = {
  configuration: { type: 'DEFAULT' },
  transportConfiguration: {
    type: 'MQTT',
    deviceTelemetryTopic: 'v1/+/t',
    deviceAttributesTopic: 'a',
    transportPayloadTypeConfiguration: { transportPayloadType: 'JSON' },
  },
  provisionConfiguration: { type: 'ALLOW_CREATE_NEW_DEVICES', provisionDeviceSecret: 's' },
  alarms: [
    {
      id: 'a',
      alarmType: 'Heat',
      createRules: {
        MAJOR: {
          condition: {
            condition: [
              {
                key: { type: 'TIME_SERIES', key: 't' },
                valueType: 'NUMERIC',
                predicate: { type: 'NUMERIC', operation: 'GREATER', value: { defaultValue: 5 } },
              },
            ],
            spec: { type: 'DURATION', unit: 'SECONDS', predicate: { defaultValue: 5 } },
          },
          schedule: { type: 'SPECIFIC_TIME', timezone: 'Europe/Kyiv', daysOfWeek: [1], startsOn: 0, endsOn: 0 },
        },
      },
    },
  ],
};
const metadata: Template = (valid, choices) => ({
  ruleChainId: idOf(valid, choices, 'RULE_CHAIN'),
  firstNodeIndex: 0,
  nodes: [
    {
      type: 'org.thingsboard.rule.engine.filter.TbJsFilterNode',
      name: 'f',
      configurationVersion: 0,
      configuration: { scriptLang: 'JS', jsScript: 'return true;' },
      additionalInfo: { layoutX: 1, layoutY: 1 },
    },
    {
      type: 'org.thingsboard.rule.engine.action.TbLogNode',
      name: 'l',
      configurationVersion: 0,
      configuration: { scriptLang: 'TBEL', tbelScript: 'return "x";' },
    },
  ],
  connections: [{ fromIndex: 0, toIndex: 1, type: 'True' }],
});

/** Bodies that a schema alone does not lead to, by `METHOD path`. */
export const templates: Readonly<Record<string, Template>> = {
  'POST /api/entitiesQuery/find': query,
  'POST /api/entitiesQuery/count': query,
  'POST /api/entitiesQuery/find/keys': query,
  'POST /api/v2/entitiesQuery/find/keys': query,
  'POST /api/alarmsQuery/find': alarmQuery,
  'POST /api/alarmsQuery/count': alarmQuery,
  'POST /api/relation': relation,
  'POST /api/v2/relation': relation,
  'POST /api/relations': relationQuery,
  'POST /api/relations/info': relationQuery,
  'POST /api/device/bulk_import': imported,
  'POST /api/asset/bulk_import': imported,
  'POST /api/ruleChain/metadata': metadata,
  'POST /api/deviceProfile': (_, choices) => ({
    name: `fuzz ${choices.int(1e9)}`,
    type: 'DEFAULT',
    transportType: 'MQTT',
    provisionType: 'ALLOW_CREATE_NEW_DEVICES',
    provisionDeviceKey: `k${choices.int(1e9)}`,
    profileData,
  }),
  'POST /api/alarm': (valid, choices) => ({
    type: 'Heat',
    severity: 'MAJOR',
    originator: idOf(valid, choices, 'DEVICE'),
    details: { a: 1 },
    propagate: true,
    propagateRelationTypes: ['Contains'],
  }),
  'POST /api/plugins/telemetry/{entityType}/{entityId}/timeseries/{any}': () => [
    { ts: 1_700_000_000_000, values: { t: 1, s: 'x', j: { a: [1] }, b: true } },
    { t: 2.5 },
  ],
  'POST /api/plugins/telemetry/{entityType}/{entityId}/attributes/{scope}': () => ({ a: 1, s: 'x', j: { a: [1] } }),
};
