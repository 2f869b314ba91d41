// The baseline of the ingest benchmark: a bare aedes broker that parses the JSON of each publish in
// `authorizePublish` and acknowledges. Nothing is stored. Prints its port when it listens.
import { Aedes } from 'aedes';
import { createServer, type AddressInfo } from 'node:net';

const broker = await Aedes.createBroker({
  authorizePublish(_client, packet, done) {
    const reading: unknown = JSON.parse(packet.payload.toString());
    done(typeof reading === 'object' ? null : new Error('not an object'));
  },
});
const server = createServer(broker.handle);
server.listen(0, '127.0.0.1', 1024, () => process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`));
process.on('SIGTERM', () => process.exit(0));
