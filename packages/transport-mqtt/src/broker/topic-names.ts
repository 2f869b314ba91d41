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

function isWithin(topic: string, { topicBytesMax, topicLevelsMax }: TopicLimits): boolean {
  return !topic.startsWith('$') && Buffer.byteLength(topic) <= topicBytesMax && topic.split('/').length <= topicLevelsMax;
}
