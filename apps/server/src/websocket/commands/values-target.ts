import { liveErrorCodes, liveErrorFrame, type AttributesCommand } from '@fieldline/api-contract';
import { problemOf } from '@fieldline/kernel';
import type { EntityId } from '@fieldline/model';
import { isRefusal } from './failure-frame.js';

/** What commands of version 1 say about whose values they mean. */
export type ValuesTarget = Pick<AttributesCommand, 'cmdId' | 'entityType' | 'entityId' | 'keys' | 'unsubscribe'>;

/** To be asked after `targetFault`. */
export function entityOf({ entityType, entityId }: ValuesTarget): EntityId {
  return { entityType: entityType ?? 'DEVICE', id: (entityId ?? '').toLowerCase() };
}

/** Keys with commas between them, each once. */
export function keysOf({ keys }: ValuesTarget): string[] {
  return [...new Set((keys ?? '').split(',').filter((key) => key !== ''))];
}

export function targetFault({ entityType, entityId, unsubscribe }: ValuesTarget): string | undefined {
  if (unsubscribe === true) return undefined;
  const isNamed = entityType !== undefined && entityType !== null && entityId !== undefined && entityId !== null && entityId !== '';
  return isNamed ? undefined : 'Device id is empty!';
}

/** Unsubscribing without saying from which entity ends everything (websocket-api.md §4.5). */
export function targetEnd({ entityId, unsubscribe }: ValuesTarget): 'id' | 'socket' | undefined {
  if (unsubscribe !== true) return undefined;
  return entityId === undefined || entityId === null || entityId === '' ? 'socket' : 'id';
}

/** An answer that would be too large is explained; what else went wrong is told by `text` (websocket-api.md §11, row 11 of §15). */
export function valuesFailure({ cmdId }: ValuesTarget, error: unknown, text: string): string {
  if (isRefusal(error)) return liveErrorFrame(cmdId, liveErrorCodes.unauthorized, 'Unauthorized');
  const { kind, message } = problemOf(error);
  const isExplained = kind === 'invalid-input' || kind === 'limit-exceeded';
  return liveErrorFrame(cmdId, liveErrorCodes.internal, isExplained ? message : text);
}
