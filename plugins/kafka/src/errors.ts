import { defineErrors } from '@fieldline/plugin-sdk';

export const kafkaErrors = defineErrors('KAFKA', {
  NOT_SENT: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { topic: string; reason: string }) => `Kafka did not confirm the message for topic "${d.topic}": ${d.reason}`,
    remedy: 'Look whether the brokers run and can be reached. The message may have arrived all the same.',
  },
  REFUSED: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { topic: string; reason: string }) => `Kafka refused the message for topic "${d.topic}": ${d.reason}`,
    remedy: 'Look whether the topic exists, whether the node may write to it, and how large its messages may be.',
  },
  TOPIC_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { topic: string }) => `"${d.topic}" is no name of a Kafka topic.`,
    remedy: 'Let the topic pattern give 1 to 249 letters, digits, dots, underscores and dashes; look whether the message has what it names.',
  },
  SERVERS_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { servers: string }) => `"${d.servers}" is no list of Kafka servers.`,
    remedy: 'Write host:port, several of them separated by commas.',
  },
  PROPERTY_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { name: string; value: string; expected: string }) => `The Kafka property ${d.name} is "${d.value}", but must be ${d.expected}.`,
    remedy: 'Correct it under the other properties of the node, or remove it.',
  },
  PROPERTY_UNSUPPORTED: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { name: string }) => `The Kafka property ${d.name} cannot be obeyed, and leaving it out could make the connection less secure.`,
    remedy: 'Give certificates as PEM texts (ssl.truststore.certificates, ssl.keystore.certificate.chain, ssl.keystore.key), or remove the property.',
  },
});
