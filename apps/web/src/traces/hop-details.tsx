import { Alert, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Trace, TraceHop } from '../api/trace-api.js';
import { fullTime } from '../ui/times.js';
import styles from './hop-list.module.css';
import { MessageChange } from './message-change.js';
import { MessageText } from './message-text.js';
import { isDead } from './trace-words.js';

/** What came to a node, and what of it the node made. */
export function HopDetails({ hop, trace, label }: { hop: TraceHop; trace: Trace; label: string }) {
  const came = trace.messages[hop.in];
  return (
    <section className={styles.details} aria-label={label}>
      <div className={styles.facts}>
        <Link to={`/rule-chains/${hop.ruleChainId}?node=${hop.ruleNodeId}`}>Open the node</Link>
        <span>{fullTime(hop.startTime)}</span>
        {hop.calledWith > 1 && <span>in one call with {hop.calledWith - 1} other messages of its batch</span>}
      </div>
      {hop.error !== null && (
        <Alert color="red" p="xs" title={<span className="fl-mono">{hop.error.code}</span>}>
          {hop.error.message}
          {isDead(hop) && ' It became a dead letter.'}
        </Alert>
      )}
      {came === undefined ? (
        <Text size="sm" c="dimmed">
          The message was not recorded.
        </Text>
      ) : hop.out.length === 0 || isDead(hop) ? (
        <MessageText message={came} title="It came as" />
      ) : (
        hop.out.map(({ relationType, message, isUnconnected }, place) => (
          <MessageChange key={place} came={came} left={trace.messages[message]} relationType={relationType} isUnconnected={isUnconnected} />
        ))
      )}
    </section>
  );
}
