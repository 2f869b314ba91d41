import {
  markAllReadCommandSchema,
  markReadCommandSchema,
  noNotificationsCountFrame,
  noNotificationsFrame,
  notificationCountCommandSchema,
  notificationsCommandSchema,
} from '@fieldline/api-contract';
import type { CommandBody, CommandKind } from './command-kind.js';
import { unsubscribeKind } from './unsubscribe-kind.js';

// Notifications (websocket-api.md §9). Nothing in the product makes any: clients that ask are told that there are none, and have to be
// told nothing later. To mark what is not there has no effect, and no answer.

export const notificationKinds: readonly CommandKind<CommandBody>[] = [
  subscription('NOTIFICATIONS', notificationsCommandSchema, noNotificationsFrame),
  subscription('NOTIFICATIONS_COUNT', notificationCountCommandSchema, noNotificationsCountFrame),
  { type: 'MARK_NOTIFICATIONS_AS_READ', schema: markReadCommandSchema, version: 1, open: () => Promise.resolve(undefined) },
  { type: 'MARK_ALL_NOTIFICATIONS_AS_READ', schema: markAllReadCommandSchema, version: 1, open: () => Promise.resolve(undefined) },
  unsubscribeKind('NOTIFICATIONS_UNSUBSCRIBE'),
];

function subscription(type: string, schema: CommandKind<CommandBody>['schema'], frame: (cmdId: number) => string): CommandKind<CommandBody> {
  return {
    type,
    schema,
    version: 2,
    open: ({ cmdId }, context) => {
      context.send(frame(cmdId));
      return Promise.resolve({});
    },
  };
}
