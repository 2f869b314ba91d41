import { entityCountCommandSchema, entityCountDraftOf, entityCountFrame, type EntityCountCommand } from '@fieldline/api-contract';
import { PageRefresh } from '../entities/page-refresh.js';
import type { CommandContext } from './command-context.js';
import type { CommandKind, OpenedCommand } from './command-kind.js';

/** How many entities a query finds, and later how many when that changed (websocket-api.md §6). */
export const entityCountKind: CommandKind<EntityCountCommand> = {
  type: 'ENTITY_COUNT',
  schema: entityCountCommandSchema,
  version: 2,
  faultOf: ({ query }) => (query === undefined || query === null ? 'Query is empty!' : undefined),
  open,
};

async function open({ cmdId, query }: EntityCountCommand, context: CommandContext): Promise<OpenedCommand<EntityCountCommand>> {
  const { caller, deps } = context;
  const draft = entityCountDraftOf(query ?? {});
  let known: number | undefined;
  const tell = async (): Promise<void> => {
    const count = await deps.questions.count(caller, draft);
    if (count !== known) context.send(entityCountFrame(cmdId, count));
    known = count;
  };
  await tell();
  if (!context.isEnded) new PageRefresh(context, tell).start({ isRepeated: true, sources: [] });
  return {};
}
