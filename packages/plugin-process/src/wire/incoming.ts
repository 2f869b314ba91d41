import * as z from 'zod';
import { EFFECTS_PER_FRAME_MAX, LOG_LINE_CHARACTERS_MAX } from '../limits.js';
import type { FromPlugin } from './frames.js';

/** An error of a plugin as it may go to logs, dead letters and other nodes. */
export const problemSchema = z.object({
  code: z.string().regex(/^[A-Z][A-Z0-9_]{1,63}$/, 'must be in CAPITALS_WITH_UNDERSCORES'),
  kind: z.enum(['invalid-input', 'unauthenticated', 'forbidden', 'not-found', 'conflict', 'limit-exceeded', 'unavailable', 'internal']),
  retry: z.enum(['never', 'later']),
  message: z
    .string()
    .min(1)
    .transform((text) => text.slice(0, 2_000)),
  remedy: z
    .string()
    .min(1)
    .transform((text) => text.slice(0, 2_000)),
});

const id = z.int().min(0);
const place = z.int().min(0).optional();
const effects = z.array(z.object({ service: z.string().max(100), args: z.array(z.unknown()), place })).max(EFFECTS_PER_FRAME_MAX);

const frameSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('loaded'), plugin: z.unknown() }),
  z.object({ kind: z.literal('refused'), problem: problemSchema }),
  z.object({ kind: z.literal('ask'), id, ask: id, effects, service: z.string().max(100), args: z.array(z.unknown()) }),
  z.object({
    kind: z.literal('done'),
    id,
    effects,
    outcomes: z.array(z.unknown()).optional(),
    started: z.object({ periodMs: z.number().positive().max(Number.MAX_SAFE_INTEGER).optional() }).optional(),
    problem: problemSchema.optional(),
  }),
  z.object({ kind: z.literal('log'), text: z.string().transform((text) => text.slice(0, LOG_LINE_CHARACTERS_MAX)) }),
  z.object({ kind: z.literal('pong') }),
]);

/**
 * A frame of a plugin, checked as far as every frame is; arguments and outcomes are checked by those who read them.
 *
 * @throws Error where it is none
 */
export function incomingFrame(value: unknown): FromPlugin {
  const parsed = frameSchema.safeParse(value);
  if (!parsed.success) throw new Error(`a frame that is none: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`);
  return parsed.data as FromPlugin;
}
