import type { MessageRecorder } from '@fieldline/ports';
import type { BatchRun } from '../run/batch-run.js';
import { recordDebugged } from './debug-records.js';
import type { FlightLog } from './flight-log.js';
import { hopOf } from './hop.js';
import { PartBuilder } from './trace-part.js';
import { VisitSteps } from './visit-steps.js';

/**
 * Adds to the unit of a batch what people want to see of it: the ways of messages that are traced or failed, and what
 * passed nodes in debug mode. Called once, when the run is over; for most batches there is nothing to do.
 */
export function recordRun(run: BatchRun): void {
  const { flight, origins, parts } = run;
  const { recorder } = parts;
  if (flight === undefined || recorder === undefined) return;
  const hasFailures = origins.failures.size > 0;
  if (!hasFailures && origins.traced.size === 0 && !flight.isDebugged) return;
  try {
    recordTraces(run, recorder, flight);
    if (flight.isDebugged || hasFailures) recordDebugged(run, recorder, flight.visits);
  } catch (error) {
    // A message that cannot be shown is no reason to lose its batch.
    parts.log.warn('batch-not-recorded', { error });
  }
}

function recordTraces(run: BatchRun, recorder: MessageRecorder, flight: FlightLog): void {
  const builders = tracedPlaces(run, recorder);
  if (builders.size === 0) return;
  for (const visit of flight.visits) {
    let steps: VisitSteps | undefined;
    for (const [place, builder] of builders) {
      if (!builder.hasRoom) continue;
      for (const i of placesIn(visit.inbox.places, place, visit.arrival === 'tick')) {
        steps ??= new VisitSteps(visit);
        const step = steps.at(i);
        if (step !== undefined && builder.hasRoom) builder.add(hopOf(run, visit, i, step, builder));
      }
    }
  }
  for (const [place, builder] of builders) {
    if (flight.isFull) builder.cut();
    const part = builder.finish(run.nowMs, run.origins.failures.has(place));
    if (part !== undefined) recorder.trace(run.unit, part);
  }
}

/** The places whose way is recorded, each with the part that gathers it. */
function tracedPlaces({ origins, nowMs }: BatchRun, recorder: MessageRecorder): ReadonlyMap<number, PartBuilder> {
  const builders = new Map<number, PartBuilder>();
  const places = new Set([...origins.traced.keys(), ...origins.failures]);
  for (const place of [...places].sort((a, b) => a - b)) {
    const origin = origins.at(place);
    const reason = origins.traced.get(place) ?? 'failed';
    if (origin === undefined || (reason === 'failed' && !recorder.wantsFailure(origin.message.tenantId, nowMs))) continue;
    builders.set(place, new PartBuilder(origin, reason));
  }
  return builders;
}

function* placesIn(places: readonly number[], place: number, isTick: boolean): Iterable<number> {
  if (isTick && place === 0) yield 0;
  for (let i = places.indexOf(place); i >= 0; i = places.indexOf(place, i + 1)) yield i;
}
