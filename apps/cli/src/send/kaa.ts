import type { Packet } from 'mqtt-packet';
import { acceptedConnack, openMqtt } from './mqtt-connection.js';
import type { Reading } from './reading.js';
import { refusal } from './refusal.js';

/**
 * Publishes a data sample by Kaa's 1/KP, without user name as Kaa devices do. Resolves when the server has answered on
 * `…/status`: the sample is stored.
 *
 * @param appVersion application version, `default` for devices of the default profile
 * @throws CLI_UNREACHABLE, CLI_CONNECTION_CLOSED, CLI_NO_ANSWER, CLI_TOKEN_REFUSED, CLI_READING_REFUSED, CLI_SERVER_TROUBLE
 */
export async function sendKaa({ host, port, token, payload, answerWaitMs }: Reading, appVersion: string): Promise<string> {
  const topic = `kp1/${appVersion}/dcx/${token}/json/1`;
  const connection = await openMqtt({ host, port, version: 4, answerWaitMs });
  try {
    await connection.next(acceptedConnack);
    connection.send({ cmd: 'publish', topic, payload, qos: 1, messageId: 1, dup: false, retain: false });
    return await connection.next((packet) => {
      if (packet.cmd !== 'publish') return undefined;
      if (packet.qos === 1 && packet.messageId !== undefined) connection.send({ cmd: 'puback', messageId: packet.messageId });
      return answerOn(topic, packet);
    });
  } finally {
    connection.close();
  }
}

function answerOn(topic: string, packet: Extract<Packet, { cmd: 'publish' }>): string | undefined {
  if (packet.topic === `${topic}/status`) return packet.topic;
  if (packet.topic !== `${topic}/error`) return undefined;
  const answer = packet.payload.toString();
  throw refusal(statusCodeIn(answer), answer);
}

/** Errors of 1/KP are `{"statusCode":401,"reasonPhrase":"…"}`. */
function statusCodeIn(answer: string): number {
  const found = /"statusCode"\s*:\s*(\d{3})/.exec(answer)?.[1];
  return found === undefined ? 400 : Number(found);
}
