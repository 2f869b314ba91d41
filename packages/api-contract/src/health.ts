import * as z from 'zod';

/** Answer of `GET /api/health`. */
export const healthSchema = z.strictObject({
  status: z.enum(['UP', 'DOWN']).describe('Whether the server takes readings.'),
  version: z.string().describe('Version of the program.'),
  durability: z.string().optional().describe('What an acknowledged reading survives: "synced" means a power cut.'),
  queue: z
    .strictObject({
      kind: z.enum(['memory', 'bullmq']).describe('Where messages wait for the engine: in the process, or in Redis.'),
      durability: z
        .enum(['memory', 'interval', 'synced'])
        .nullable()
        .describe(
          'What is left of waiting messages when the queue ends: nothing (memory), all but the last second (interval: Redis with `appendonly yes`), all (synced: with `appendfsync always`); null while Redis cannot be reached.',
        ),
    })
    .optional()
    .describe('The queue before the rule chains. Readings are acknowledged when they are through it and stored.'),
  problems: z.array(z.string()).describe('What keeps the server from working, or will if it lasts; empty while there is nothing.'),
});
export type Health = z.infer<typeof healthSchema>;
