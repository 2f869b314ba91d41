import * as z from 'zod';
import { uuidSchema } from '../wire-id.js';

// Commands about the notifications of the caller (websocket-api.md §9).

const cmdId = z.number().int().describe('Chosen by the client; comes back as cmdId.');

export const notificationsCommandSchema = z.object({
  cmdId,
  limit: z.number().int().nullish().describe('Notifications shown at most.'),
  types: z.array(z.string().max(64)).max(100).nullish().describe('Types; any if empty.'),
});
export const notificationCountCommandSchema = z.object({ cmdId });
export const markReadCommandSchema = z.object({ cmdId, notifications: z.array(uuidSchema).max(1_000).nullish().describe('Those that were read.') });
export const markAllReadCommandSchema = z.object({ cmdId });

/** The first frame of somebody who has no notifications. */
export function noNotificationsFrame(cmdId: number): string {
  const shown = { notifications: [], update: null, totalUnreadCount: 0, sequenceNumber: 1 };
  return JSON.stringify({ cmdId, errorCode: 0, errorMsg: null, ...shown, cmdUpdateType: 'NOTIFICATIONS' });
}

export function noNotificationsCountFrame(cmdId: number): string {
  return JSON.stringify({ cmdId, errorCode: 0, errorMsg: null, totalUnreadCount: 0, sequenceNumber: 1, cmdUpdateType: 'NOTIFICATIONS_COUNT' });
}
