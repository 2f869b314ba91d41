import { topicMappingsSchema } from '@fieldline/model';
import * as z from 'zod';
import { API_TRIED_PAYLOAD_CHARACTERS_MAX } from './limits.js';

const version = z.int().min(0);

/** Answer of `GET /api/broker/topicMappings`. */
export const topicMappingListSchema = z.strictObject({
  version: version.describe('Counts up with every change; 0 where none were ever saved.'),
  mappings: topicMappingsSchema.describe('In the order in which they are tried: the first whose filter takes a topic is the one.'),
});
/** Body of `POST /api/broker/topicMappings`. */
export const topicMappingSaveSchema = topicMappingListSchema.extend({
  version: version.optional().describe('The version that was read; absent replaces whatever is stored.'),
});

/** Body of `POST /api/broker/topicMappings/try`. */
export const topicMappingTrySchema = z.object({
  mappings: topicMappingsSchema.describe('Mappings to try, saved or not.'),
  topic: z.string().min(1).max(1_024).describe('Topic of the message.'),
  payload: z.string().max(API_TRIED_PAYLOAD_CHARACTERS_MAX).describe('The message, as text.'),
});
/** What the mappings would make of a message. */
export const topicMappingTriedSchema = z.strictObject({
  mapping: z.int().nullable().describe('Place in the list of the mapping that takes the topic, counted from 0; null where none does.'),
  device: z.string().nullable().describe('Name of the device; null where there is none.'),
  values: z.string().nullable().describe('JSON text of what the device would send, as on the device API; null where there is nothing.'),
  fault: z.string().nullable().describe('Why the mapping cannot read the message; null where it can.'),
});
