import { topicMappingsSchema } from '@fieldline/model';
import * as z from 'zod';

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
