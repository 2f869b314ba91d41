import { parseIso8601 } from '@fieldline/model';
import * as z from 'zod';

/** A time that a query of Kaa's clients names: a fixed one, or one so long before the query is answered. */
export type KaaTime = { readonly tsMs: number } | { readonly agoMs: number };

/** Milliseconds since 1970 of a time, for a query that is answered at `nowMs`. */
export function kaaTimeMs(time: KaaTime, nowMs: number): number {
  return 'tsMs' in time ? time.tsMs : nowMs - time.agoMs;
}

/** Characters of a time: no way to write one is longer. */
const TIME_LENGTH_MAX = 64;
const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
/** A million weeks is as far back as any date of four digits. */
const RELATIVE = /^now(?:-(\d{1,6})([smhdw]))?$/;
const fixedForm = 'a time in ISO 8601, with + written as %2B in addresses';

/** A fixed time; without a zone it is UTC. */
export const kaaInstantSchema = z
  .string()
  .max(TIME_LENGTH_MAX)
  .transform((text, context) => {
    const tsMs = parseIso8601(text);
    if (tsMs === undefined) context.addIssue({ code: 'custom', message: `must be ${fixedForm}` });
    return tsMs ?? z.NEVER;
  });

/** A fixed time, `now`, or `now-7d`: so many seconds, minutes, hours, days or weeks ago. */
export const kaaTimeSchema = z
  .string()
  .max(TIME_LENGTH_MAX)
  .transform((text, context): KaaTime => {
    const [whole, count = '0', unit = 's'] = RELATIVE.exec(text) ?? [];
    if (whole !== undefined) return { agoMs: Number(count) * (UNITS_MS[unit] as number) };
    const tsMs = parseIso8601(text);
    if (tsMs !== undefined) return { tsMs };
    context.addIssue({ code: 'custom', message: `must be ${fixedForm}, or one such as now or now-7d with s, m, h, d or w` });
    return z.NEVER;
  });
