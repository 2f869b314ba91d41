import * as z from 'zod';
import { head } from './head.js';

export const brokerRecordTypes = ['RETAINED', 'SUBSCRIPTION', 'QUEUED', 'RECEIVED'] as const;

/** What the MQTT broker keeps over a restart; docs/broker.md says what that is. */
export const brokerRecordSchema = z.strictObject({
  ...head,
  type: z
    .enum(brokerRecordTypes)
    .describe('A retained message, a subscription, a message that waits for a client, or the packet id of one that came.'),
  owner: z.string().max(131_072).describe('Topic of a retained message, else the session: principal and client id.'),
  topic: z.string().max(131_072).optional().describe('Filter of a subscription, topic of a message that waits.'),
  qos: z
    .union([z.literal(0), z.literal(1), z.literal(2)])
    .optional()
    .describe('Quality of service.'),
  payload: z.string().optional().describe('Payload of a message, as Base64.'),
  packetId: z.number().int().optional().describe('Packet id, where the message has one.'),
  isReleased: z.boolean().optional().describe('Whether only the release of a QoS 2 message is still to be sent.'),
});
export type BrokerRecordEntity = z.infer<typeof brokerRecordSchema>;
