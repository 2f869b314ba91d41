// Baseline of the benchmark of HTTP: a Fastify route that parses the JSON and answers, and keeps nothing. Prints its port.
import fastify from 'fastify';
import type { AddressInfo } from 'node:net';

const app = fastify();
app.post('/api/v1/:token/telemetry', async (request, reply) => {
  if (typeof request.body !== 'object') throw new Error('the body is no object');
  await reply.code(200).send();
});
await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${JSON.stringify({ port: (app.server.address() as AddressInfo).port })}\n`);
