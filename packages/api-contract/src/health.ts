import * as z from 'zod';

/** Answer of `GET /api/health`. */
export const healthSchema = z.strictObject({
  status: z.enum(['UP', 'DOWN']).describe('Whether the server takes readings.'),
  version: z.string().describe('Version of the program.'),
  durability: z.string().optional().describe('What an acknowledged reading survives: "synced" means a power cut.'),
  problems: z.array(z.string()).describe('What keeps the server from working, empty while it does.'),
});
export type Health = z.infer<typeof healthSchema>;
