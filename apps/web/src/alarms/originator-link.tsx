import { Link } from 'react-router';
import type { AlarmInfo } from '../api/wire.js';

/** Whose alarm it is, and the way there where it has a page. */
export function OriginatorLink({ alarm: { originator, originatorDisplayName } }: { alarm: AlarmInfo }) {
  if (originator.entityType === 'DEVICE') return <Link to={`/devices/${originator.id}?tab=alarms`}>{originatorDisplayName}</Link>;
  if (originator.entityType === 'ASSET')
    return <Link to={`/assets?search=${encodeURIComponent(originatorDisplayName)}`}>{originatorDisplayName}</Link>;
  return <>{originatorDisplayName}</>;
}
