import type { Packet } from 'mqtt-packet';
import { cliErrors } from '../errors.js';
import { acceptedConnack, openMqtt } from './mqtt-connection.js';
import type { Reading } from './reading.js';

const PACKET_ID = 1;

/**
 * Publishes a reading with QoS 1 to `v1/devices/me/telemetry`. Resolves when the server has acknowledged it, which it
 * does when the reading is stored.
 *
 * @param version 4 for MQTT 3.1.1, 5 for MQTT 5
 * @throws CLI_UNREACHABLE, CLI_CONNECTION_CLOSED, CLI_NO_ANSWER, CLI_TOKEN_REFUSED, CLI_READING_REFUSED, CLI_SERVER_TROUBLE
 */
export async function sendMqtt({ host, port, token, payload, answerWaitMs }: Reading, version: 4 | 5): Promise<string> {
  const connection = await openMqtt({ host, port, username: token, version, answerWaitMs });
  try {
    await connection.next(acceptedConnack);
    connection.send({ cmd: 'publish', topic: 'v1/devices/me/telemetry', payload, qos: 1, messageId: PACKET_ID, dup: false, retain: false });
    return await connection.next(acceptedPuback);
  } finally {
    connection.close();
  }
}

function acceptedPuback(packet: Packet): string | undefined {
  if (packet.cmd === 'disconnect') throw cliErrors.READING_REFUSED({ answer: `DISCONNECT ${packet.reasonCode ?? 0}` });
  if (packet.cmd !== 'puback' || packet.messageId !== PACKET_ID) return undefined;
  // MQTT 5 §3.4.2.1: 0x80 and above are refusals. MQTT 3.1.1 has no code.
  const code = packet.reasonCode ?? 0;
  if (code >= 0x80) throw cliErrors.READING_REFUSED({ answer: `PUBACK ${code}` });
  return 'PUBACK';
}
