import { liveDataOf, seriesCommandSchema, type LiveData, type SeriesCommand } from '@fieldline/api-contract';
import type { AccessibleEntity } from '@fieldline/ports';
import { readHistory } from '../read-history.js';
import { pointsOf } from '../told-values.js';
import type { CommandContext } from './command-context.js';
import type { CommandKind, OpenedCommand } from './command-kind.js';
import { openSubscription } from './open-subscription.js';
import { entityOf, keysOf, targetEnd, targetFault, valuesFailure } from './values-target.js';

/** Latest values or history of an entity, and each point that is saved (websocket-api.md §4.3). */
export const seriesKind: CommandKind<SeriesCommand> = {
  type: 'TIMESERIES',
  schema: seriesCommandSchema,
  version: 1,
  isSubscription: true,
  faultOf: targetFault,
  endsBy: targetEnd,
  open: subscribe,
  failureFrame: (command, error) => valuesFailure(command, error, 'Failed to fetch data!'),
};

async function subscribe(command: SeriesCommand, context: CommandContext): Promise<OpenedCommand<SeriesCommand> | undefined> {
  const accessible = await context.require(entityOf(command), 'read-telemetry');
  if (context.isEnded) return undefined;
  const { tenantId, entity } = accessible;
  const wants = command.scope === 'LATEST_TELEMETRY' ? 'newer' : 'every';
  const selection = pointsOf(new Set(keysOf(command)));
  const subscription = openSubscription(command.cmdId, context, { tenantId, entity, selection, wants });
  subscription.begin(await firstValues(command, context, accessible));
  return {};
}

async function firstValues(command: SeriesCommand, context: CommandContext, { tenantId, entity }: AccessibleEntity): Promise<LiveData> {
  const { series, clock } = context.deps;
  const keys = keysOf(command);
  const startMs = command.startTs ?? 0;
  const span = command.timeWindow ?? 0;
  if (keys.length > 0 && span > 0) {
    const query = { ...command, startMs, endMs: startMs + span, signal: context.endSignal() };
    return liveDataOf(await readHistory(series, tenantId, entity, keys, query));
  }
  const data = liveDataOf(await series.latest(tenantId, entity, keys.length === 0 ? undefined : keys));
  for (const key of keys) data[key] ??= [[clock.nowMs(), null]];
  return data;
}
