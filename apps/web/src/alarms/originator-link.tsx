import { Link } from 'react-router';
import type { AlarmInfo } from '../api/wire.js';
import { addressOf } from '../entities/entity-address.js';

/** Whose alarm it is, and the way there where it has a page. */
export function OriginatorLink({ alarm: { originator, originatorDisplayName } }: { alarm: AlarmInfo }) {
  const address = addressOf(originator);
  return address === undefined ? <>{originatorDisplayName}</> : <Link to={`${address}?tab=alarms`}>{originatorDisplayName}</Link>;
}
