import { allAtOnce, route, type EntitiesService, type Message, type Outcome } from '@fieldline/plugin-sdk';
import { filterErrors } from './errors.js';

interface Reads {
  readonly entities: EntitiesService;
}

/** What the two profile switches do: each message leaves by the name of its originator's profile. */
export function profileSwitch(entityType: 'DEVICE' | 'ASSET') {
  const switched = async (message: Message, { entities }: Reads): Promise<Outcome<string, never>> => {
    const { originator } = message;
    if (originator.entityType !== entityType) throw filterErrors.ORIGINATOR_TYPE_UNSUPPORTED({ found: originator.entityType, allowed: entityType });
    const name = await entities.profileNameOf(originator);
    if (name === undefined) throw filterErrors.PROFILE_NOT_FOUND({ entityType, id: originator.id });
    return route(name, message);
  };
  return {
    onMessage: switched,
    onBatch: (messages: readonly Message[], reads: Reads) => allAtOnce(messages, (message) => switched(message, reads)),
  };
}
