import { alarmCountCommandSchema, alarmCountDraftOf, alarmCountFrame, type AlarmCountCommand, type AlarmCountDraft } from '@fieldline/api-contract';
import type { LiveAlarms } from '@fieldline/ports';
import { AlarmEntities } from '../alarms/alarm-entities.js';
import { ALARM_REFRESH_MS } from '../alarms/limits.js';
import { Requeries } from '../alarms/requeries.js';
import type { CommandContext } from './command-context.js';
import type { CommandKind, OpenedCommand } from './command-kind.js';

/** How many alarms a query finds, and later how many when that changed (websocket-api.md §8). */
export const alarmCountKind: CommandKind<AlarmCountCommand> = {
  type: 'ALARM_COUNT',
  schema: alarmCountCommandSchema,
  version: 2,
  faultOf: ({ query }) => (query === undefined || query === null ? 'Query is empty!' : undefined),
  open,
};

async function open({ cmdId, query }: AlarmCountCommand, context: CommandContext): Promise<OpenedCommand<AlarmCountCommand> | undefined> {
  const { caller, deps } = context;
  const draftNow = (): AlarmCountDraft => alarmCountDraftOf(query ?? {}, deps.clock.nowMs());
  const { entities: asked, withPropagated } = draftNow();
  const entities = asked === undefined ? undefined : await AlarmEntities.find(context, asked);
  if (entities !== undefined) context.onEnd(() => entities.release());
  if (context.isEnded) return undefined;
  let known: number | undefined;
  let isChangedEarly = false;
  const tell = async (): Promise<void> => {
    // A filter that found nothing finds nothing later either.
    const count = entities?.isEmpty === true ? 0 : await deps.questions.countAlarms(caller, { ...draftNow(), entities: entities?.draft });
    if (count !== known) context.send(alarmCountFrame(cmdId, count));
    known = count;
  };
  const requeries = new Requeries(context, tell);
  const changed = (): void => {
    if (known === undefined) isChangedEarly = true;
    else requeries.ask();
  };
  if (entities !== undefined) {
    entities.onLost = changed;
    const concerns = ({ alarms, removed }: LiveAlarms): boolean =>
      alarms.some((alarm) => entities.concern(alarm, withPropagated)) || removed.some((removal) => entities.mayConcern(removal));
    // Before the first count, so that no change is missed.
    context.onEnd(
      deps.feed.subscribeAlarms(caller.tenantId, (changes) => {
        if (!entities.isEmpty && concerns(changes)) changed();
      }),
    );
    await context.watchesInPlace();
  }
  await tell();
  if (isChangedEarly) requeries.ask();
  context.every('alarm count', ALARM_REFRESH_MS, () => requeries.ask());
  return {};
}
