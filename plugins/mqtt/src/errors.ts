import { defineErrors } from '@fieldline/plugin-sdk';

export const mqttNodeErrors = defineErrors('MQTT_NODE', {
  NOT_SENT: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { topic: string; reason: string }) => `The MQTT broker did not confirm the message for topic "${d.topic}": ${d.reason}`,
    remedy: 'Look whether the broker runs and can be reached. The message may have arrived all the same.',
  },
  REFUSED: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { topic: string; reason: string }) => `The MQTT broker refused the message for topic "${d.topic}": ${d.reason}`,
    remedy: 'Look whether the user of the node may publish to the topic, and how large messages may be.',
  },
  TOPIC_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { topic: string }) => `"${d.topic}" is no topic that can be published to.`,
    remedy: 'Let the topic pattern give a text that is not empty and has no +, no # and at most 65,535 bytes.',
  },
  CLIENT_ID_TOO_LONG: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { clientId: string; length: number; limit: number }) =>
      `Client ID is too long '${d.clientId}'. It has ${d.length} characters with its suffix, but cannot be longer than ${d.limit}.`,
    remedy: 'Shorten the client id, leave out the suffix, or choose MQTT 3.1.1 or 5.',
  },
});
