import type { IdSource } from '@fieldline/kernel';
import type { RuleChain, RuleNode } from '@fieldline/model';

/** Above this the greenhouse is too hot, in degrees Celsius. */
export const TOO_HOT_CELSIUS = 30;

type Draft = Pick<RuleNode, 'type' | 'name' | 'config' | 'configVersion'> & { readonly at: readonly number[] };

const script = (body: string) => ({ scriptLang: 'JS', jsScript: body, tbelScript: '' });

const alarmFlags = { propagate: false, propagateToOwner: false, propagateToTenant: false, relationTypes: [] as string[] };

const drafts = {
  kind: { type: 'filter.message-type-switch', name: 'What is it?', configVersion: 0, config: { version: 0 }, at: [60, 200] },
  save: {
    type: 'action.save-time-series',
    name: 'Save readings',
    configVersion: 1,
    config: { defaultTTL: 0, useServerTs: false, processingSettings: { type: 'ON_EVERY_MESSAGE' } },
    at: [420, 80],
  },
  hot: {
    type: 'filter.script',
    name: 'Too hot?',
    configVersion: 0,
    config: script(`// Readings without a temperature are never too hot.\nreturn msg.temperature > ${TOO_HOT_CELSIUS};`),
    at: [780, 80],
  },
  raise: {
    type: 'action.create-alarm',
    name: 'Raise alarm',
    configVersion: 0,
    config: {
      alarmType: 'High temperature',
      severity: 'CRITICAL',
      dynamicSeverity: false,
      useMessageAlarmData: false,
      overwriteAlarmDetails: false,
      ...alarmFlags,
      scriptLang: 'JS',
      alarmDetailsBuildJs: 'return { temperature: msg.temperature };',
      alarmDetailsBuildTbel: '',
    },
    at: [1140, 0],
  },
  clear: {
    type: 'action.clear-alarm',
    name: 'Clear alarm',
    configVersion: 0,
    config: {
      alarmType: 'High temperature',
      scriptLang: 'JS',
      alarmDetailsBuildJs: 'return { temperature: msg.temperature };',
      alarmDetailsBuildTbel: '',
    },
    at: [1140, 160],
  },
  attributes: {
    type: 'action.save-attributes',
    name: 'Save attributes',
    configVersion: 3,
    config: {
      scope: 'CLIENT_SCOPE',
      notifyDevice: false,
      sendAttributesUpdatedNotification: false,
      updateAttributesOnlyOnValueChange: true,
      processingSettings: { type: 'ON_EVERY_MESSAGE' },
    },
    at: [420, 320],
  },
} satisfies Record<string, Draft>;

type Name = keyof typeof drafts;

const wires: readonly (readonly [Name, string, Name])[] = [
  ['kind', 'Post telemetry', 'save'],
  ['kind', 'Post attributes', 'attributes'],
  ['save', 'Success', 'hot'],
  ['hot', 'True', 'raise'],
  ['hot', 'False', 'clear'],
];

/** The rule chain of the demo: saves every reading, raises an alarm above 30 °C and clears it below. */
export function greenhouseChain(ids: IdSource, tenantId: string, nowMs: number): RuleChain {
  const idOf = new Map<string, string>();
  const nodes = Object.entries<Draft>(drafts).map(([key, { at, ...draft }]): RuleNode => {
    const id = ids.next();
    idOf.set(key, id);
    return { ...draft, id, isSingleton: false, debug: { failures: true, allUntilMs: 0 }, layout: { x: at[0] ?? 0, y: at[1] ?? 0 } };
  });
  const id = (name: Name): string => idOf.get(name) ?? '';
  return {
    id: ids.next(),
    tenantId,
    createdAtMs: nowMs,
    version: 1,
    name: 'Greenhouse',
    type: 'CORE',
    isRoot: false,
    firstNodeId: id('kind'),
    nodes,
    connections: wires.map(([from, relationType, to]) => ({ fromId: id(from), toId: id(to), relationType })),
    notes: [],
  };
}
