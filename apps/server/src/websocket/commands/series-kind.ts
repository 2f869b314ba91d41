import { liveDataOf, seriesCommandSchema, type LiveData, type SeriesCommand } from '@fieldline/api-contract';
import type { AccessibleEntity } from '@fieldline/ports';
import { LiveSubscription } from '../live-subscription.js';
import { readHistory } from '../read-history.js';
import type { CommandContext } from './command-context.js';
import type { CommandKind, OpenedCommand } from './command-kind.js';
import { entityOf, keysOf, targetEnd, targetFault, valuesFailure } from './values-target.js';

/** Latest values or history of an entity, and each point that is saved (websocket-api.md §4.3). */
export const seriesKind: CommandKind<SeriesCommand> = {
  type: 'TIMESERIES',
  schema: seriesCommandSchema,
  version: 1,
  faultOf: targetFault,
  endsBy: targetEnd,
  open: subscribe,
  failureFrame: (command, error) => valuesFailure(command, error, 'Failed to fetch data!'),
};

async function subscribe(command: SeriesCommand, context: CommandContext): Promise<OpenedCommand<SeriesCommand> | undefined> {
  const accessible = await context.require(entityOf(command), 'read-telemetry');
  if (context.isEnded) return undefined;
  const isLatestOnly = command.scope === 'LATEST_TELEMETRY';
  const subscription = new LiveSubscription({ id: command.cmdId, keys: new Set(keysOf(command)), isLatestOnly, queue: context.queue });
  context.onEnd(() => subscription.end());
  // Subscribed before the first frame is read, so that nothing that is stored meanwhile gets lost.
  context.onEnd(context.deps.feed.subscribe(accessible.tenantId, accessible.entity, ({ points }) => subscription.update(points)));
  subscription.begin(await firstValues(command, context, accessible));
  return {};
}

async function firstValues(command: SeriesCommand, context: CommandContext, { tenantId, entity }: AccessibleEntity): Promise<LiveData> {
  const { series, clock } = context.deps;
  const keys = keysOf(command);
  const startMs = command.startTs ?? 0;
  const span = command.timeWindow ?? 0;
  if (keys.length > 0 && span > 0) {
    return liveDataOf(await readHistory(series, tenantId, entity, keys, { ...command, startMs, endMs: startMs + span }));
  }
  const data = liveDataOf(await series.latest(tenantId, entity, keys.length === 0 ? undefined : keys));
  for (const key of keys) data[key] ??= [[clock.nowMs(), null]];
  return data;
}
