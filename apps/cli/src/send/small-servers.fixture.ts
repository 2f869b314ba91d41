// Servers of a few lines on real sockets, each answering as the test says.
import { createServer as createCoapServer } from 'coap';
import { generate, parser as createParser } from 'mqtt-packet';
import type { Packet } from 'mqtt-packet';
import { createSocket } from 'node:dgram';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { onTestFinished } from 'vitest';

/** An MQTT server: `answer` gets each packet and gives those to send back; `close` closes the connection. */
export async function mqttServer(version: 4 | 5, answer: (packet: Packet) => readonly Packet[] | 'close'): Promise<{ port: number; seen: Packet[] }> {
  const seen: Packet[] = [];
  const server = createTcpServer((socket) => {
    const parser = createParser({ protocolVersion: version });
    parser.on('packet', (packet) => {
      seen.push(packet);
      const answers = answer(packet);
      if (answers === 'close') socket.destroy();
      else for (const one of answers) socket.write(generate(one, { protocolVersion: version }));
    });
    socket.on('data', (bytes) => void parser.parse(bytes));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, seen };
}

/** An HTTP server that answers every request with one status and body. */
export async function httpServer(status: number, body: string): Promise<{ port: number; seen: string[] }> {
  const seen: string[] = [];
  const server = createHttpServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      seen.push(`${request.method} ${request.url} ${request.headers['content-type']} ${text}`);
      response.writeHead(status).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, seen };
}

/** A CoAP server that answers every request with one code. */
export async function coapServer(code: string, body = ''): Promise<{ port: number; seen: string[] }> {
  const seen: string[] = [];
  const server = createCoapServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${String(request.headers['Content-Format'])} ${request.payload.toString()}`);
    response.code = code;
    response.end(body);
  });
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  server.listen(socket);
  onTestFinished(() => void server.close());
  return { port: socket.address().port, seen };
}
