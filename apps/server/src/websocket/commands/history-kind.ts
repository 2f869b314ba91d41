import { historyCommandSchema, liveDataOf, liveFrame, type HistoryCommand } from '@fieldline/api-contract';
import { readHistory } from '../read-history.js';
import type { CommandContext } from './command-context.js';
import type { CommandKind } from './command-kind.js';
import { entityOf, keysOf, targetEnd, targetFault, valuesFailure } from './values-target.js';

/** History of an entity, once (websocket-api.md §4.4). */
export const historyKind: CommandKind<HistoryCommand> = {
  type: 'TIMESERIES_HISTORY',
  schema: historyCommandSchema,
  version: 1,
  faultOf: (command) => targetFault(command) ?? (command.unsubscribe === true || keysOf(command).length > 0 ? undefined : 'Keys are empty!'),
  endsBy: targetEnd,
  open: answer,
  failureFrame: (command, error) => valuesFailure(command, error, 'Failed to fetch data!'),
};

async function answer(command: HistoryCommand, context: CommandContext): Promise<undefined> {
  const { tenantId, entity } = await context.require(entityOf(command), 'read-telemetry');
  if (context.isEnded) return;
  const query = { ...command, startMs: command.startTs ?? 0, endMs: command.endTs ?? 0, signal: context.endSignal() };
  const points = await readHistory(context.deps.series, tenantId, entity, keysOf(command), query);
  context.send(liveFrame(command.cmdId, liveDataOf(points)));
}
