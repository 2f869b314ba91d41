import { Badge } from '@mantine/core';
import { IconAlertOctagonFilled, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { DebugEvent } from '../../api/event-api.js';
import { readableBody } from '../../dead-letters/letter-text.js';
import { CopyBlock } from '../../ui/copy-block.js';
import { TimeAgo } from '../../ui/time-ago.js';
import styles from './node-events.module.css';

/** One message that came to a node or left it; its body is there when it is opened. */
export function EventRow({ event }: { event: DebugEvent }) {
  const { createdTime, direction, msgId, msgType, relationType, data, metadata, error } = event;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <li className={styles.event}>
      <button type="button" className={styles.head} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        <Badge size="sm" radius="sm" variant="light" color={direction === 'IN' ? 'gray' : 'accent'} className={styles.direction ?? ''}>
          {direction}
        </Badge>
        <span className={styles.words}>
          <span className={styles.type}>{msgType}</span>
          {relationType !== '' && (
            <span className={styles.relation}>
              {direction === 'IN' ? 'by' : '→'} {relationType}
            </span>
          )}
          {error !== '' && (
            <span className={styles.error}>
              <IconAlertOctagonFilled size={13} aria-label="Error" /> {error}
            </span>
          )}
        </span>
        <span className={styles.time}>
          <TimeAgo tsMs={createdTime} />
        </span>
        <IconChevronRight size={14} className={styles.chevron ?? ''} aria-hidden />
      </button>
      {isOpen && (
        <div className={styles.details}>
          {error !== '' && <CopyBlock label="Error" text={error} />}
          <CopyBlock label="Body" text={readableBody(data)} />
          <CopyBlock label="Metadata" text={readableBody(metadata)} />
          {msgId !== '' && <Link to={`/traces/${msgId}`}>Show where it went</Link>}
        </div>
      )}
    </li>
  );
}
