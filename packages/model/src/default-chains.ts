import type { IdSource } from '@fieldline/kernel';
import type { JsonValue } from './value.js';
import type { RuleChain, RuleNode } from './rule-chain.js';

/** The text of a freshly dropped log node, as ThingsBoard writes it. */
export const defaultLogScript = "return '\\nIncoming message:\\n' + JSON.stringify(msg) + '\\nIncoming metadata:\\n' + JSON.stringify(metadata);";

const onEveryMessage = { type: 'ON_EVERY_MESSAGE' };
const logConfig = { scriptLang: 'JS', jsScript: defaultLogScript, tbelScript: defaultLogScript };

interface Place {
  readonly name: string;
  readonly type: string;
  /** Version of the settings, ThingsBoard's as well as ours. */
  readonly version: number;
  readonly config: JsonValue;
  /** Relation type by which the message type switch leads here; the switch itself has none. */
  readonly from?: string;
  readonly x: number;
  readonly y: number;
}

// rule-engine.md §5.7: the order is ThingsBoard's, the switch third and first to run.
const places: readonly Place[] = [
  {
    name: 'Save Timeseries',
    type: 'action.save-time-series',
    version: 1,
    config: { defaultTTL: 0, useServerTs: false, processingSettings: onEveryMessage },
    from: 'Post telemetry',
    x: 824,
    y: 156,
  },
  {
    name: 'Save Client Attributes',
    type: 'action.save-attributes',
    version: 3,
    config: {
      scope: 'CLIENT_SCOPE',
      notifyDevice: false,
      sendAttributesUpdatedNotification: false,
      updateAttributesOnlyOnValueChange: true,
      processingSettings: onEveryMessage,
    },
    from: 'Post attributes',
    x: 825,
    y: 52,
  },
  { name: 'Message Type Switch', type: 'filter.message-type-switch', version: 0, config: { version: 0 }, x: 347, y: 149 },
  { name: 'Log RPC from Device', type: 'action.log', version: 0, config: logConfig, from: 'RPC Request from Device', x: 825, y: 266 },
  { name: 'Log Other', type: 'action.log', version: 0, config: logConfig, from: 'Other', x: 825, y: 379 },
  {
    name: 'RPC Call Request',
    type: 'action.rpc-call-request',
    version: 0,
    config: { timeoutInSeconds: 60 },
    from: 'RPC Request to Device',
    x: 825,
    y: 468,
  },
];

/** The root rule chain of a new tenant: what ThingsBoard gives one. Connect and change it like any other. */
export function rootRuleChain(made: {
  readonly ids: IdSource;
  readonly tenantId: string;
  readonly nowMs: number;
  readonly name?: string;
}): RuleChain {
  const nodes = places.map(({ name, type, version, config, x, y }): RuleNode => ({
    id: made.ids.next(),
    type,
    name,
    configVersion: version,
    config: config as RuleNode['config'],
    isSingleton: false,
    debug: { failures: false, allUntilMs: 0 },
    layout: { x, y },
  }));
  const first = nodes[places.findIndex(({ from }) => from === undefined)] as RuleNode;
  return {
    id: made.ids.next(),
    tenantId: made.tenantId,
    createdAtMs: made.nowMs,
    version: 1,
    name: made.name ?? 'Root Rule Chain',
    type: 'CORE',
    isRoot: true,
    firstNodeId: first.id,
    nodes,
    connections: places.flatMap(({ from }, place) =>
      from === undefined ? [] : [{ fromId: first.id, toId: (nodes[place] as RuleNode).id, relationType: from }],
    ),
    notes: [],
  };
}
