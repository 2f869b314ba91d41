import { bodyOf, client } from './client.js';
import type { PageData } from './wire.js';

/** Which messages of a node are asked for: all, those that came, those that left, or those with an error. */
export type DebugFilter = 'all' | 'IN' | 'OUT' | 'errors';

/** A message that came to a rule node or left it while people debugged it. Members that were not recorded are empty. */
export interface DebugEvent {
  readonly id: string;
  readonly createdTime: number;
  readonly direction: 'IN' | 'OUT';
  readonly msgId: string;
  readonly msgType: string;
  readonly relationType: string;
  readonly data: string;
  readonly metadata: string;
  readonly error: string;
}

export interface DebugEventQuery {
  readonly ruleNodeId: string;
  readonly tenantId: string;
  readonly filter: DebugFilter;
  readonly page: number;
}

export const debugEventsPerPage = 20;

const { http } = client;

/** Newest first. */
export async function debugEvents({ ruleNodeId, tenantId, filter, page }: DebugEventQuery, signal: AbortSignal): Promise<PageData<DebugEvent>> {
  const query = { page, pageSize: debugEventsPerPage, sortProperty: 'createdTime', sortOrder: 'DESC', tenantId };
  const narrowed = filter === 'all' ? {} : filter === 'errors' ? { isError: true } : { msgDirectionType: filter };
  const path = { entityType: 'RULE_NODE' as const, entityId: ruleNodeId };
  const body = { eventType: 'DEBUG_RULE_NODE', ...narrowed };
  const found = await bodyOf(http.POST('/api/events/{entityType}/{entityId}', { params: { path, query }, body, signal }));
  return { ...found, data: found.data.map(readEvent) };
}

function readEvent({ id, createdTime, body }: { id: { id: string }; createdTime: number; body: Readonly<Record<string, unknown>> }): DebugEvent {
  const text = (member: string): string => (typeof body[member] === 'string' ? body[member] : '');
  return {
    ...{ id: id.id, createdTime, direction: body['type'] === 'OUT' ? 'OUT' : 'IN' },
    ...{ msgId: text('msgId'), msgType: text('msgType'), relationType: text('relationType') },
    ...{ data: text('data'), metadata: text('metadata'), error: text('error') },
  };
}
