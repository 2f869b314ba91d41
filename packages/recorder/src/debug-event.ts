import type { Event } from '@fieldline/model';
import type { DebugRecord } from '@fieldline/ports';
import { DEBUG_CHARACTERS_MAX } from './limits.js';

type Told = Pick<Event, 'entityType' | 'entityId' | 'type' | 'body'>;

/** What came to a node or left it, as the compatible API gives it (rule-engine.md §9): absent members are left out. */
export function debugEvent(server: string, { ruleNodeId, direction, relationType, message, error }: DebugRecord): Told {
  const { entityType, id: entityId } = message.originator;
  const about = { server, type: direction, entityId, entityType, msgId: message.id, msgType: message.type, dataType: 'JSON', relationType };
  const texts = { data: cut(message.text), metadata: cut(JSON.stringify(message.metadata)) };
  const body = { ...about, ...texts, ...(error === undefined ? {} : { error: cut(error) }) };
  return { entityType: 'RULE_NODE', entityId: ruleNodeId, type: 'DEBUG_RULE_NODE', body };
}

/** Stands for all that is not recorded any more in this period. */
export function limitEvent(server: string, { ruleChainId }: DebugRecord): Told {
  const body = { server, message: 'Reached debug mode rate limit!' };
  return { entityType: 'RULE_CHAIN', entityId: ruleChainId, type: 'DEBUG_RULE_CHAIN', body };
}

const cut = (text: string): string => text.slice(0, DEBUG_CHARACTERS_MAX);
