import { defineRuleNode, fail, route, z } from '../index.js';

/** A node with settings, state and a code of its own, on which the harness and the types are tried. */
export const deadband = defineRuleNode({
  type: 'filter.deadband',
  version: 1,
  category: 'filter',
  title: 'Deadband',
  summary: 'Suppresses readings that barely differ from the last one reported.',
  relationTypes: ['Changed', 'Unchanged'],
  config: z.strictObject({
    key: z.string().min(1).describe('Telemetry key to watch.'),
    deadband: z.number().nonnegative().default(0).describe('Smallest change worth reporting.'),
    maxSilenceMs: z.int().positive().default(600_000).describe('Report at least this often. Milliseconds.'),
  }),
  defaults: { key: 'temperature', deadband: 0, maxSilenceMs: 600_000 },
  state: { schema: z.strictObject({ value: z.number(), reportedAtMs: z.int() }), keyedBy: 'originator', maxEntries: 2 },

  onMessage(message, { config, state: last, nowMs }) {
    const value = (message.data as Record<string, unknown> | null)?.[config.key];
    if (typeof value !== 'number') {
      const remedy = 'Point the node at a numeric key.';
      return fail(
        { code: 'NODE_VALUE_NOT_NUMERIC', kind: 'invalid-input', retry: 'never', message: `"${config.key}" is no number.`, remedy },
        message,
      );
    }
    const isDue = last === undefined || nowMs - last.reportedAtMs >= config.maxSilenceMs;
    const hasMoved = last !== undefined && Math.abs(value - last.value) > config.deadband;
    if (!isDue && !hasMoved) return route('Unchanged', message);
    return route('Changed', message, { state: { value, reportedAtMs: nowMs } });
  },
});
