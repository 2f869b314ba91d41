import { alarmSeverities } from '@fieldline/model';
import * as z from 'zod';
import { alarmCountQuerySchema, alarmDataQuerySchema } from '../alarm-data-query.js';
import { API_QUERY_TYPES_MAX } from '../limits.js';
import { uuidSchema, wireEntityIdSchema } from '../wire-id.js';

// Commands about alarms (websocket-api.md §7 and §8).

const cmdId = z.number().int().describe('Chosen by the client; comes back as cmdId.');

export const alarmDataCommandSchema = z.object({
  cmdId,
  query: alarmDataQuerySchema.nullish().describe('Which alarms, and what of their entities.'),
});
export type AlarmDataCommand = z.output<typeof alarmDataCommandSchema>;

export const alarmCountCommandSchema = z.object({ cmdId, query: alarmCountQuerySchema.nullish().describe('Which alarms.') });
export type AlarmCountCommand = z.output<typeof alarmCountCommandSchema>;

export const alarmStatusCommandSchema = z.object({
  cmdId,
  originatorId: z.object({ entityType: wireEntityIdSchema.shape.entityType, id: uuidSchema }).nullish().describe('The entity.'),
  typeList: z.array(z.string().max(255)).max(API_QUERY_TYPES_MAX).nullish().describe('Types; any if empty.'),
  severityList: z.array(z.enum(alarmSeverities)).max(20).nullish().describe('Severities; any if empty.'),
});
export type AlarmStatusCommand = z.output<typeof alarmStatusCommandSchema>;
