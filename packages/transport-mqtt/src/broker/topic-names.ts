import type { TenantId } from '@fieldline/model';
import type { BrokerLimits } from './limits.js';

// Topics inside the broker begin with a level that names the tenant. No client ever sees that level, and none can name it.

export function innerTopic(tenantId: TenantId, topic: string): string {
  return `${tenantId}/${topic}`;
}

export function outerTopic(inner: string): string {
  return inner.slice(inner.indexOf('/') + 1);
}

type TopicLimits = Pick<BrokerLimits, 'topicBytesMax' | 'topicLevelsMax'>;

/** Whether a client may publish there. Topics that begin with `$` are the server's (MQTT 3.1.1 §4.7.2), and we have none. */
export function isTopicName(topic: string, limits: TopicLimits): boolean {
  return topic !== '' && !/[+#\0]/.test(topic) && isWithin(topic, limits);
}

/** Whether a client may subscribe to a filter that is well-formed. */
export function isFilterAllowed(filter: string, limits: TopicLimits): boolean {
  return isWithin(filter, limits);
}

/** MQTT 3.1.1 §4.7.1: a wildcard fills its level, and `#` is the last one. */
export function isFilter(filter: string): boolean {
  const levels = filter.split('/');
  const last = levels.length - 1;
  return filter !== '' && levels.every((level, place) => level === '+' || (level === '#' && place === last) || !/[+#]/.test(level));
}

/** Whether a filter takes a topic; both inside the broker or both outside. */
export function filterTakes(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  for (const [place, level] of wanted.entries()) {
    // `a/#` takes `a` too.
    if (level === '#') return true;
    if (place >= levels.length || (level !== '+' && level !== levels[place])) return false;
  }
  return wanted.length === levels.length;
}

function isWithin(topic: string, { topicBytesMax, topicLevelsMax }: TopicLimits): boolean {
  return !topic.startsWith('$') && Buffer.byteLength(topic) <= topicBytesMax && topic.split('/').length <= topicLevelsMax;
}
