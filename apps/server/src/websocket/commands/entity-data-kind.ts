import { entityDataCommandSchema, liveErrorCodes, liveErrorFrame, type EntityDataCommand } from '@fieldline/api-contract';
import { EntityDataSubscription } from '../entities/entity-data-subscription.js';
import type { CommandContext } from './command-context.js';
import type { CommandKind, OpenedCommand } from './command-kind.js';

const NO_QUERY = 'Query is empty!';

/** A page of entities with latest values, time series and aggregates (websocket-api.md §5). */
export const entityDataKind: CommandKind<EntityDataCommand> = {
  type: 'ENTITY_DATA',
  schema: entityDataCommandSchema,
  version: 2,
  faultOf: (command) => ((command.query ?? partOf(command)) ? undefined : NO_QUERY),
  open,
};

async function open(command: EntityDataCommand, context: CommandContext): Promise<OpenedCommand<EntityDataCommand> | undefined> {
  // Parts are about a page, and this one has none.
  if (command.query === undefined || command.query === null) {
    context.send(liveErrorFrame(command.cmdId, liveErrorCodes.badRequest, NO_QUERY));
    return undefined;
  }
  const subscription = new EntityDataSubscription(context);
  await subscription.run(command);
  return { update: (next) => subscription.run(next) };
}

const partOf = ({ historyCmd, latestCmd, tsCmd, aggHistoryCmd, aggTsCmd }: EntityDataCommand): unknown =>
  historyCmd ?? latestCmd ?? tsCmd ?? aggHistoryCmd ?? aggTsCmd;
