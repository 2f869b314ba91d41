import {
  IconAlertOctagonFilled,
  IconArrowBackUp,
  IconArrowDownRight,
  IconArrowRight,
  IconCircleCheck,
  IconClockPause,
  IconRefresh,
} from '@tabler/icons-react';
import type { TraceHop } from '../api/trace-api.js';

const signs = {
  ROUTED: IconArrowRight,
  EMITTED: IconArrowRight,
  FAILED: IconAlertOctagonFilled,
  ENDED: IconCircleCheck,
  RETURNED: IconArrowBackUp,
  HANDED_OVER: IconClockPause,
  HELD: IconClockPause,
  DEFERRED: IconRefresh,
  CALLED: IconArrowDownRight,
} as const satisfies Record<TraceHop['outcome'], unknown>;

/** What became of a message at a node, by shape; the words stand beside it. */
export function HopSign({ hop: { outcome } }: { hop: TraceHop }) {
  const Sign = signs[outcome];
  return <Sign size={18} color={outcome === 'FAILED' ? 'var(--fl-error)' : 'var(--fl-text-dim)'} aria-hidden style={{ flex: 'none' }} />;
}
