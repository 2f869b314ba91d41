// Goal: what the broker writes at once leaves in one call of the system; a call a piece of a packet halved what the broker passes on.
// Method: a stream over a real socket whose writes are counted.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { writeToStream } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { GuardedStream } from './guarded-stream.js';
import { defaultBrokerLimits } from './limits.js';

test('the packets of one turn are one write', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [socket] = (await once(server, 'connection')) as [Socket];
  const writes: number[] = [];
  const write = socket.write.bind(socket);
  socket.write = (bytes: Buffer) => {
    writes.push(bytes.length);
    return write(bytes);
  };
  const stream = new GuardedStream(socket, defaultBrokerLimits);
  for (const payload of ['one', 'two', 'three']) {
    writeToStream({ cmd: 'publish', topic: 'a/b', payload, qos: 1, messageId: 7, dup: false, retain: false }, stream);
  }
  await once(client, 'data');
  expect(writes).toEqual([3 * 9 + 'onetwothree'.length]);
  stream.destroy();
  client.destroy();
  server.close();
});
