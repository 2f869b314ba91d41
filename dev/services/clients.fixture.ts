import { createConnection } from 'node:net';
import { generate, parser } from 'mqtt-packet';
import type { Packet } from 'mqtt-packet';
import { Connection } from './connection.fixture.js';

// Clients that know just what the tests of the services ask. Each has a connection of its own for one thing.

/** Redis's reply to a command; the elements of a list with commas between them. */
export async function redisCommand(port: number, command: string): Promise<string> {
  const connection = await Connection.open(port);
  connection.write(`${command}\r\n`);
  const reply = async (): Promise<string> => {
    const line = await connection.line();
    if (line.startsWith('$')) return connection.line();
    if (!line.startsWith('*')) return line;
    const elements = [];
    for (let count = Number(line.slice(1)); count > 0; count -= 1) elements.push(await reply());
    return elements.join(',');
  };
  return reply().finally(() => connection.close());
}

/** What the mail server says to each line, and at last to the mail. */
export async function smtpDialogue(port: number, lines: readonly string[]): Promise<string[]> {
  const connection = await Connection.open(port);
  const replies = [await connection.line()];
  for (const line of lines) {
    connection.write(`${line}\r\n`);
    let reply = await connection.line();
    while (reply[3] === '-') reply = await connection.line();
    replies.push(reply);
  }
  connection.close();
  return replies;
}

/** What an MQTT broker sends when all `packets` were sent to it, until one of the command `last`. */
export async function mqttDialogue(url: URL, packets: readonly Packet[], last: Packet['cmd']): Promise<Packet[]> {
  const socket = createConnection({ port: Number(url.port), host: url.hostname });
  const login = url.username === '' ? {} : { username: url.username, password: Buffer.from(url.password) };
  const received: Packet[] = [];
  const incoming = parser();
  const done = new Promise<void>((resolve, reject) => {
    incoming.on('packet', (packet) => void (received.push(packet), packet.cmd === last && resolve()));
    socket.on('error', reject).on('close', () => reject(new Error('the broker hung up')));
  });
  socket.on('data', (chunk) => incoming.parse(chunk));
  socket.write(generate({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, clientId: 'probe', keepalive: 0, ...login }));
  for (const packet of packets) socket.write(generate(packet));
  await done.finally(() => socket.destroy());
  return received;
}

/** What a Kafka broker says about a topic, which it may be asked to create: Metadata in version 4. */
export async function kafkaTopic(
  port: number,
  topic: string,
  { create }: { readonly create: boolean },
): Promise<{ error: number; partitions: number }> {
  const name = Buffer.from(topic);
  const request = Buffer.alloc(4 + 10 + 4 + 2 + name.length + 1);
  request.writeInt32BE(request.length - 4, 0);
  request.writeInt16BE(3, 4);
  request.writeInt16BE(4, 6);
  request.writeInt16BE(-1, 12);
  request.writeInt32BE(1, 14);
  request.writeInt16BE(name.length, 18);
  name.copy(request, 20);
  request.writeInt8(create ? 1 : 0, request.length - 1);
  const connection = await Connection.open(port);
  connection.write(request);
  const reply = await connection.take((await connection.take(4)).readInt32BE(0));
  connection.close();
  // The topic is the last thing in the reply: its error, its name, whether it is internal, and its partitions.
  const at = reply.lastIndexOf(name);
  return { error: reply.readInt16BE(at - 4), partitions: reply.readInt32BE(at + name.length + 1) };
}
