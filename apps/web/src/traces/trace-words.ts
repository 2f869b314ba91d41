import type { TraceHead, TraceHop } from '../api/trace-api.js';

const reasons: Readonly<Record<TraceHead['reason'], string>> = { SAMPLED: 'Sample', FIRST: 'First in an hour', FAILED: 'Failed' };

/** Why a path was recorded, for a choice. */
export const reasonChoices = Object.entries(reasons).map(([value, label]) => ({ value: value as TraceHead['reason'], label }));

export function reasonText(reason: TraceHead['reason']): string {
  return reasons[reason];
}

/** What became of a message at a node, in words. */
export function outcomeText(hop: TraceHop): string {
  const { outcome, out, reason, error } = hop;
  switch (outcome) {
    case 'ROUTED':
    case 'EMITTED':
      return out.length === 0 ? 'ended: nothing left the node' : `left by ${relationsText(out)}`;
    case 'FAILED':
      return isDead(hop) ? `failed: ${error?.message ?? 'no reason given'}` : `failed, left by ${relationsText(out)}`;
    case 'ENDED':
      return reason === null ? 'ended here' : `ended here: ${reason}`;
    case 'RETURNED':
      return 'went back to the calling chain';
    case 'HANDED_OVER':
      return 'was handed over, to go on after the commit';
    case 'HELD':
      return 'waits here';
    case 'DEFERRED':
      return 'could not be sent and is tried again';
    case 'CALLED':
      return 'went into another rule chain';
  }
}

/** True where a message failed and no connection leads on: it became a dead letter. */
export function isDead({ outcome, out }: TraceHop): boolean {
  return outcome === 'FAILED' && out.every(({ isUnconnected }) => isUnconnected);
}

function relationsText(out: TraceHop['out']): string {
  return [...new Set(out.map(({ relationType }) => relationType))].join(', ');
}

/** Microseconds in the unit that suits them, such as "1.2 ms". */
export function durationText(us: number): string {
  if (us < 1_000) return `${Math.round(us)} µs`;
  if (us < 1_000_000) return `${significant(us / 1_000)} ms`;
  return us < 120_000_000 ? `${significant(us / 1_000_000)} s` : `${Math.round(us / 60_000_000)} min`;
}

function significant(value: number): string {
  return value < 10 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
}

export function hopCountText(count: number): string {
  return count === 1 ? '1 node' : `${count.toLocaleString('en')} nodes`;
}
