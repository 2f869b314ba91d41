import { fillTemplate, type Message } from '@fieldline/plugin-sdk';
import { mqttNodeErrors } from './errors.js';
import { TOPIC_BYTES_MAX } from './limits.js';

/** Topic that a pattern gives for a message. @throws MQTT_NODE_TOPIC_INVALID, TEMPLATE_BODY_INVALID */
export function topicOf(pattern: string, message: Message): string {
  const topic = fillTemplate(pattern, message);
  const isValid = topic !== '' && !/[+#\0]/.test(topic) && new TextEncoder().encode(topic).length <= TOPIC_BYTES_MAX;
  if (!isValid) throw mqttNodeErrors.TOPIC_INVALID({ topic: topic.slice(0, 200) });
  return topic;
}
