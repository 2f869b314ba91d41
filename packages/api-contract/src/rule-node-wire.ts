import type { RuleChain, RuleNode } from '@fieldline/model';
import { hideSecrets, nodeInfo } from '@fieldline/model';
import { API_DEBUG_ALL_MS } from './limits.js';
import type { NodeCatalogue } from './node-catalogue.js';
import { toClassName, toNodeType } from './node-catalogue.js';
import { currentSettings, settingsOfFile } from './node-settings.js';
import type { RuleNodeSave, WireRuleNode } from './rule-chain.js';
import { optionalWireId, wireId } from './wire-id.js';

/** What reading a graph needs besides the node types. */
export interface GraphReading {
  /** Makes ids for nodes that have none. */
  readonly newId: () => string;
  readonly nowMs: number;
  /** Names of chains that older chain connections lead to, by id. */
  readonly chainNames?: ReadonlyMap<string, string> | undefined;
  /** How long "everything" is recorded at most; `API_DEBUG_ALL_MS` if absent. */
  readonly debugAllMs?: number | undefined;
}

/** A rule node in ThingsBoard's form, without its secrets. */
export function ruleNodeToWire(node: RuleNode, chain: Pick<RuleChain, 'id' | 'createdAtMs'>, catalogue: NodeCatalogue): WireRuleNode {
  const named = toClassName(catalogue, { type: node.type, version: node.configVersion });
  return {
    ...node.otherMembers,
    id: wireId('RULE_NODE', node.id),
    createdTime: chain.createdAtMs,
    ruleChainId: wireId('RULE_CHAIN', chain.id),
    type: named.type,
    name: node.name,
    debugSettings: { failuresEnabled: node.debug.failures, allEnabled: false, allEnabledUntil: node.debug.allUntilMs },
    singletonMode: node.isSingleton,
    queueName: node.queueName ?? null,
    configurationVersion: named.version,
    configuration: hideSecrets(node.config, catalogue.settingsSchema(node.type)) as WireRuleNode['configuration'],
    externalId: optionalWireId('RULE_NODE', node.externalId),
    additionalInfo: { ...node.additionalInfo, ...nodeInfo(node) },
  };
}

/** Reads ThingsBoard's form of a rule node, and brings its settings to the newest version. */
export function wireToRuleNode(node: RuleNodeSave, catalogue: NodeCatalogue, reading: GraphReading): RuleNode {
  const named = toNodeType(catalogue, { type: node.type, version: node.configurationVersion ?? 0 });
  const definition = catalogue.byType(named.type);
  const { layoutX, layoutY, description, ...info } = node.additionalInfo ?? {};
  const read = settingsOfFile(definition, { config: node.configuration ?? null, additionalInfo: info });
  const settings = currentSettings(definition, { version: named.version, config: read.config, queueName: node.queueName ?? undefined });
  const others = otherMembers(node);
  return {
    id: node.id?.id ?? reading.newId(),
    type: named.type,
    name: node.name,
    configVersion: settings.version,
    config: settings.config as RuleNode['config'],
    ...(settings.queueName === undefined ? {} : { queueName: settings.queueName }),
    isSingleton: node.singletonMode ?? false,
    debug: debugOf(node, reading),
    layout: { x: layoutX ?? 0, y: layoutY ?? 0 },
    ...(typeof description === 'string' && description !== '' ? { description } : {}),
    ...(Object.keys(read.additionalInfo).length === 0 ? {} : { additionalInfo: read.additionalInfo as NonNullable<RuleNode['additionalInfo']> }),
    ...(Object.keys(others).length === 0 ? {} : { otherMembers: others }),
    ...(node.externalId === null || node.externalId === undefined ? {} : { externalId: node.externalId.id }),
  };
}

const knownMembers = new Set([
  ...['id', 'createdTime', 'tenantId', 'ruleChainId', 'externalId', 'type', 'name', 'debugSettings', 'debugMode', 'singletonMode'],
  ...['queueName', 'configurationVersion', 'configuration', 'additionalInfo'],
]);

function otherMembers(node: RuleNodeSave): NonNullable<RuleNode['otherMembers']> {
  return Object.fromEntries(Object.entries(node).filter(([name]) => !knownMembers.has(name))) as NonNullable<RuleNode['otherMembers']>;
}

/** "Everything" is recorded for a while only, whatever the request says. */
function debugOf(node: RuleNodeSave, { nowMs, debugAllMs = API_DEBUG_ALL_MS }: GraphReading): RuleNode['debug'] {
  const latest = nowMs + debugAllMs;
  const settings = node.debugSettings;
  if (settings === null || settings === undefined) {
    return node.debugMode === true ? { failures: true, allUntilMs: latest } : { failures: false, allUntilMs: 0 };
  }
  const until = settings.allEnabled === true ? latest : Math.min(settings.allEnabledUntil ?? 0, latest);
  return { failures: settings.failuresEnabled ?? false, allUntilMs: until };
}
