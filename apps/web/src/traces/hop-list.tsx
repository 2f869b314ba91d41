import { IconChevronRight, IconClockPause } from '@tabler/icons-react';
import { useState } from 'react';
import type { Trace } from '../api/trace-api.js';
import { toggled } from '../ui/toggled.js';
import { HopDetails } from './hop-details.js';
import { HopSign } from './hop-sign.js';
import styles from './hop-list.module.css';
import { type TraceStep, hopOfInterest, stepsOf } from './trace-steps.js';
import { durationText, isDead, outcomeText } from './trace-words.js';

/** Deeper nesting is drawn no further to the right: the names need the room. */
const INDENTS_MAX = 6;

/** Visits to nodes in their order, each of which opens; the one that failed is open from the start. */
export function HopList({ trace }: { trace: Trace }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set([String(hopOfInterest(trace))]));
  return (
    <ol className={styles.list} aria-label="Nodes in the order of the message">
      {stepsOf(trace).map((step) =>
        step.kind === 'pause' ? (
          <Pause key={`pause-${step.part}`} step={step} />
        ) : (
          <Hop
            key={step.place}
            step={step}
            trace={trace}
            isOpen={open.has(String(step.place))}
            onToggle={() => setOpen(toggled(open, String(step.place)))}
          />
        ),
      )}
    </ol>
  );
}

function Pause({ step: { part, waitedMs } }: { step: Extract<TraceStep, { kind: 'pause' }> }) {
  return (
    <li className={styles.pause}>
      <IconClockPause size={15} aria-hidden />
      Part {part}: went on {waitedMs < 1 ? 'at once' : `${durationText(waitedMs * 1_000)} later`}
    </li>
  );
}

interface HopProps {
  readonly step: Extract<TraceStep, { kind: 'hop' }>;
  readonly trace: Trace;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function Hop({ step: { hop, place, depth, chainName }, trace, isOpen, onToggle }: HopProps) {
  const isLost = !isDead(hop) && hop.out.some(({ isUnconnected }) => isUnconnected);
  return (
    <li className={styles.hop} style={{ '--depth': Math.min(depth, INDENTS_MAX) } as React.CSSProperties}>
      {chainName !== undefined && (
        <div className={styles.chain}>
          {chainName ?? 'A rule chain that is gone'} <span className={styles.version}>v{hop.chainVersion}</span>
        </div>
      )}
      <button type="button" className={styles.head} aria-expanded={isOpen} onClick={onToggle}>
        <HopSign hop={hop} />
        <span className={styles.words}>
          <span className={styles.name}>{hop.nodeName}</span>
          <span className={styles.outcome} data-failed={hop.outcome === 'FAILED' ? '' : undefined}>
            {outcomeText(hop)}
            {isLost && ', which leads nowhere'}
          </span>
        </span>
        <span className={styles.duration} title={hop.calledWith > 1 ? `With ${hop.calledWith - 1} other messages of its batch` : undefined}>
          {durationText(hop.durationUs)}
        </span>
        <IconChevronRight size={16} className={styles.chevron ?? ''} aria-hidden />
      </button>
      {isOpen && <HopDetails hop={hop} trace={trace} label={`Details of step ${place + 1}, ${hop.nodeName}`} />}
    </li>
  );
}
