import { fillTemplate, millisecondsOf, type Message, type TimeUnit } from '@fieldline/plugin-sdk';
import { enrichmentErrors } from './errors.js';

/** Milliseconds since 1970; the end is outside. */
export interface Interval {
  readonly startMs: number;
  readonly endMs: number;
}

interface Settings {
  readonly useMetadataIntervalPatterns: boolean;
  readonly startInterval?: number | null | undefined;
  readonly startIntervalTimeUnit?: TimeUnit | null | undefined;
  readonly endInterval?: number | null | undefined;
  readonly endIntervalTimeUnit?: TimeUnit | null | undefined;
  readonly startIntervalPattern?: string | null | undefined;
  readonly endIntervalPattern?: string | null | undefined;
}

/** @throws ENRICHMENT_INTERVAL_REVERSED, ENRICHMENT_PATTERN_UNDEFINED, ENRICHMENT_PATTERN_INVALID */
export function intervalOf(message: Message, settings: Settings, nowMs: number): Interval {
  const interval = settings.useMetadataIntervalPatterns
    ? { startMs: timeFrom(message, settings.startIntervalPattern ?? ''), endMs: timeFrom(message, settings.endIntervalPattern ?? '') }
    : {
        startMs: nowMs - millisecondsOf(settings.startInterval ?? 0, settings.startIntervalTimeUnit ?? 'MINUTES'),
        endMs: nowMs - millisecondsOf(settings.endInterval ?? 0, settings.endIntervalTimeUnit ?? 'MINUTES'),
      };
  if (interval.startMs > interval.endMs) throw enrichmentErrors.INTERVAL_REVERSED();
  return interval;
}

/** A pattern that stays as it is named nothing the message has; a constant counts as that too. */
function timeFrom(message: Message, pattern: string): number {
  const text = fillTemplate(pattern, message);
  const name = pattern.replace(/[$[\]{}]/g, '');
  if (text === pattern) throw enrichmentErrors.PATTERN_UNDEFINED({ name });
  if (!/^-?\d{1,16}$/.test(text)) throw enrichmentErrors.PATTERN_INVALID({ name });
  return Number(text);
}
