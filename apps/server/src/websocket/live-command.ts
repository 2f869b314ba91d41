import { type LedgerCommand, liveErrorCodes, liveErrorFrame, type LiveCommand, type ValuesCommand } from '@fieldline/api-contract';
import { problemOf } from '@fieldline/kernel';
import type { EntityId } from '@fieldline/model';
import type { EntityOperation } from '@fieldline/ports';

/** A command that is answered: it does not only end others. */
export type OpeningCommand = ValuesCommand | LedgerCommand;

/** What a caller must be allowed to do with the entity of a command. */
export const operations = {
  ATTRIBUTES: 'read-attributes',
  TIMESERIES: 'read-telemetry',
  TIMESERIES_HISTORY: 'read-telemetry',
  RULE_CHAIN_LEDGER: 'read',
} as const satisfies Readonly<Record<OpeningCommand['type'], EntityOperation>>;

export function entityOf(command: OpeningCommand): EntityId {
  if (command.type === 'RULE_CHAIN_LEDGER') return { entityType: 'RULE_CHAIN', id: command.ruleChainId.toLowerCase() };
  return { entityType: command.entityType, id: command.entityId.toLowerCase() };
}

/** Keys with commas between them, each once. */
export function keysOf(text: string | null | undefined): string[] {
  return [...new Set((text ?? '').split(',').filter((key) => key !== ''))];
}

/** What is wrong with a command, as ThingsBoard says it (websocket-api.md §3.3, §4). */
export function faultOf(command: LiveCommand): string | undefined {
  if (command.cmdId < 0) return 'Cmd id is negative value!';
  if (command.type === 'RULE_CHAIN_LEDGER_UNSUBSCRIBE') return undefined;
  if (command.type === 'RULE_CHAIN_LEDGER') return command.ruleChainId === '' ? 'Rule chain id is empty!' : undefined;
  if (command.unsubscribe === true) return undefined;
  if (command.entityId === '') return 'Device id is empty!';
  return command.type === 'TIMESERIES_HISTORY' && keysOf(command.keys).length === 0 ? 'Keys are empty!' : undefined;
}

/** Whoever may not see an entity learns nothing about it; a fault of the command is explained (websocket-api.md §11). */
export function errorFrameOf({ cmdId, type }: OpeningCommand, error: unknown): string {
  const { kind, message } = problemOf(error);
  if (kind === 'forbidden' || kind === 'not-found' || kind === 'unauthenticated')
    return liveErrorFrame(cmdId, liveErrorCodes.unauthorized, 'Unauthorized');
  if (kind === 'invalid-input' || kind === 'limit-exceeded') return liveErrorFrame(cmdId, liveErrorCodes.badRequest, message);
  return liveErrorFrame(cmdId, liveErrorCodes.internal, type === 'ATTRIBUTES' ? 'Failed to fetch attributes!' : 'Failed to fetch data!');
}
