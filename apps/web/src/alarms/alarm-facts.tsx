import { Link } from 'react-router';
import { useMay } from '../api/signed-in.js';
import type { AlarmInfo } from '../api/wire.js';
import { shortTime } from '../ui/times.js';
import { Fact, Instant } from '../ui/facts.js';
import { useNow } from '../ui/use-now.js';
import styles from './alarm-drawer.module.css';
import { shelvingOf } from './alarm-state.js';
import { AlarmStatusLine } from './alarm-status.js';
import { AssigneeSelect } from './assignee-select.js';
import { OriginatorLink } from './originator-link.js';
import { SeverityBadge } from './severity-badge.js';

/** What is wrong, where, since when, and who takes care of it. */
export function AlarmFacts({ alarm }: { alarm: AlarmInfo }) {
  const shelving = shelvingOf(alarm, useNow());
  const { administer } = useMay();
  return (
    <section aria-label="Alarm">
      <dl className={styles.list}>
        <Fact name="Severity">
          <SeverityBadge severity={alarm.severity} isActive={!alarm.cleared} />
        </Fact>
        <Fact name="Status">
          <AlarmStatusLine alarm={alarm} />
        </Fact>
        <Fact name="Where">
          <OriginatorLink alarm={alarm} />
        </Fact>
        {administer && alarm.originator.entityType === 'DEVICE' && (
          <Fact name="Messages">
            <Link to={`/traces?device=${alarm.originator.id}`}>Recent traces</Link>
          </Fact>
        )}
        <Fact name="Assignee">
          <AssigneeSelect alarm={alarm} />
        </Fact>
        <Fact name="Started">
          <Instant tsMs={alarm.startTs} />
        </Fact>
        <Fact name="Last seen">
          <Instant tsMs={alarm.endTs} />
        </Fact>
        {alarm.acknowledged && (
          <Fact name="Acknowledged">
            <Instant tsMs={alarm.ackTs} />
          </Fact>
        )}
        {alarm.cleared && (
          <Fact name="Cleared">
            <Instant tsMs={alarm.clearTs} />
          </Fact>
        )}
        {shelving !== undefined && (
          <Fact name="Shelved">
            <span>
              until {shortTime(shelving.untilTs)} by {shelving.userName}: “{shelving.reason}”
            </span>
          </Fact>
        )}
      </dl>
    </section>
  );
}
