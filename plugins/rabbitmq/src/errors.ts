import { defineErrors } from '@fieldline/plugin-sdk';

export const rabbitmqErrors = defineErrors('RABBITMQ', {
  NOT_SENT: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { exchange: string; reason: string }) => `RabbitMQ did not confirm the message for exchange "${d.exchange}": ${d.reason}`,
    remedy: 'Look whether the broker runs, can be reached and has memory and disk left. The message may have arrived all the same.',
  },
  REFUSED: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { exchange: string; reason: string }) => `RabbitMQ refused the message for exchange "${d.exchange}": ${d.reason}`,
    remedy: 'Look whether the exchange exists and the user may write to it, and whether a queue behind it is full.',
  },
  NAME_TOO_LONG: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { what: string; bytes: number; limit: number }) => `The ${d.what} has ${d.bytes} bytes; RabbitMQ takes at most ${d.limit}.`,
    remedy: 'Let its pattern give a shorter text.',
  },
});
