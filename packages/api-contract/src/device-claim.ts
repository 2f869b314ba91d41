import * as z from 'zod';
import { wireDeviceSchema } from './device.js';

/** Body of a claim, which may be left out. */
export const claimRequestSchema = z
  .object({ secretKey: z.string().max(255).nullish().describe('Key that the device sent; absent is an empty one.') })
  .nullish();

export const claimResultSchema = z.strictObject({
  device: wireDeviceSchema.describe('The device, which now belongs to the customer.'),
  response: z.literal('SUCCESS').describe('Refusals have status 400 and one word as body: FAILURE or CLAIMED.'),
});
