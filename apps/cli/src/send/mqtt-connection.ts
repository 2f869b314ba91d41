import { generate, parser as createParser } from 'mqtt-packet';
import type { Packet } from 'mqtt-packet';
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { cliErrors } from '../errors.js';
import { reasonOf } from './refusal.js';

/** How a connection begins. Without user name it is a 1/KP session. */
export interface MqttTarget {
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly version: 4 | 5;
  readonly answerWaitMs: number;
}

/** One short MQTT conversation: packets out, and the answers one is waiting for. */
export interface MqttConnection {
  send(packet: Packet): void;
  /** The next packet that `pick` gives a value for; what it passes over is lost. `pick` may throw to end the wait. */
  next<T>(pick: (packet: Packet) => T | undefined): Promise<T>;
  close(): void;
}

/**
 * Opens a TCP connection and sends CONNECT; the answer to it is still to be read.
 *
 * @throws CLI_UNREACHABLE; later, from `next`: CLI_CONNECTION_CLOSED, CLI_NO_ANSWER
 */
export async function openMqtt({ host, port, username, version, answerWaitMs }: MqttTarget): Promise<MqttConnection> {
  const socket = connect({ host, port, noDelay: true });
  const parser = createParser({ protocolVersion: version });
  const arrived: Packet[] = [];
  let ending: Error | undefined;
  let wake: () => void = () => undefined;
  const end = (error: Error): void => {
    ending ??= error;
    wake();
  };
  parser.on('packet', (packet) => {
    arrived.push(packet);
    wake();
  });
  parser.on('error', (error: Error) => end(cliErrors.READING_REFUSED({ answer: `no MQTT: ${error.message}` })));
  socket.on('data', (bytes) => void parser.parse(bytes));
  socket.on('close', () => end(cliErrors.CONNECTION_CLOSED({ host, port })));
  const timer = setTimeout(() => end(cliErrors.NO_ANSWER({ host, port, waitedMs: answerWaitMs })), answerWaitMs);
  const isOpen = Promise.withResolvers<undefined>();
  socket.on('connect', () => isOpen.resolve(undefined));
  socket.on('error', (error) => isOpen.reject(cliErrors.UNREACHABLE({ host, port, reason: reasonOf(error) }, { cause: error })));
  await isOpen.promise.catch((error: unknown) => {
    clearTimeout(timer);
    throw error;
  });

  const connection: MqttConnection = {
    send: (packet) => void socket.write(generate(packet, { protocolVersion: version })),
    async next(pick) {
      for (;;) {
        for (let packet = arrived.shift(); packet !== undefined; packet = arrived.shift()) {
          const picked = pick(packet);
          if (picked !== undefined) return picked;
        }
        if (ending !== undefined) throw ending;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    close() {
      clearTimeout(timer);
      socket.end(generate({ cmd: 'disconnect' }, { protocolVersion: version }));
      socket.unref();
    },
  };
  const clientId = `fieldline-cli-${randomBytes(6).toString('hex')}`;
  const credentials = username === undefined ? {} : { username };
  connection.send({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: version, clean: true, keepalive: 60, clientId, ...credentials });
  return connection;
}

const refusals: Readonly<Record<number, string>> = {
  1: 'protocol version not supported',
  2: 'client id refused',
  3: 'server unavailable',
  4: 'bad user name or password',
  5: 'not authorised',
  0x84: 'protocol version not supported',
  0x86: 'bad user name or password',
  0x87: 'not authorised',
  0x88: 'server unavailable',
  0x89: 'server busy',
};

/** For `next`: takes CONNACK, and fails when it refuses the connection. MQTT 3.1.1 §3.2.2.3, MQTT 5 §3.2.2.2. */
export function acceptedConnack(packet: Packet): true | undefined {
  if (packet.cmd !== 'connack') return undefined;
  const code = packet.reasonCode ?? packet.returnCode ?? 0;
  if (code === 0) return true;
  const answer = `CONNACK ${code}${refusals[code] === undefined ? '' : `, ${refusals[code]}`}`;
  if (code === 3 || code === 0x88 || code === 0x89) throw cliErrors.SERVER_TROUBLE({ answer });
  throw code === 4 || code === 5 || code === 0x86 || code === 0x87 ? cliErrors.TOKEN_REFUSED({ answer }) : cliErrors.READING_REFUSED({ answer });
}
