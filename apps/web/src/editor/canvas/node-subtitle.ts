import type { JsonValue } from '../../api/wire.js';
import type { NodeKind } from '../catalogue.js';
import type { ChainNode } from '../document/chain-document.js';
import { isObject, optionLabel } from '../form/schema.js';

/** Settings that tell most about what a node does, in this order. */
const tellingMembers = ['alarmType', 'scope', 'topicPattern', 'restEndpointUrlPattern', 'periodInSeconds', 'fetchTo', 'originatorSource'];

/** The line under a node's name: the setting that decides what it does, else what kind of node it is. */
export function nodeSubtitle(node: ChainNode, kind: NodeKind | undefined): string {
  if (kind === undefined) return `Not installed: ${node.type.split('.').at(-1) ?? node.type}`;
  const { configuration } = node;
  if (!isObject(configuration)) return kind.title;
  const script = scriptLine(
    configuration['scriptLang'] === 'TBEL' ? configuration['tbelScript'] : (configuration['jsScript'] ?? configuration['tbelScript']),
  );
  if (script !== undefined) return script;
  for (const member of tellingMembers) {
    const value = configuration[member];
    if (typeof value === 'string' && value !== '') return `${kind.title} · ${optionLabel(value)}`;
    if (member === 'periodInSeconds' && typeof value === 'number') return `${kind.title} · every ${value} s`;
  }
  return kind.title;
}

/** What a script of one statement returns, such as "msg.temperature > 20"; nothing for longer ones. */
function scriptLine(script: JsonValue | undefined): string | undefined {
  if (typeof script !== 'string') return undefined;
  const [, expression] = /^\s*return\s+([^;\n]{1,60});?\s*$/.exec(script) ?? [];
  return expression;
}
