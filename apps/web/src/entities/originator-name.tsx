import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { queries } from '../api/queries.js';
import type { EntityRef } from '../api/wire.js';
import { addressOf, kindText } from './entity-address.js';

/** What a message is about: a device by its name, anything else by its kind, with the way there where it has a page. */
export function OriginatorName({ originator }: { originator: EntityRef }) {
  const device = useQuery({ ...queries.device(originator.id), enabled: originator.entityType === 'DEVICE' });
  const address = addressOf(originator);
  const text = device.data === undefined ? `${kindText(originator.entityType)} ${originator.id.slice(0, 8)}…` : device.data.name;
  return address === undefined ? <>{text}</> : <Link to={address}>{text}</Link>;
}
