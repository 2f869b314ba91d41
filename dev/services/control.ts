import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServiceName } from './service.js';
import type { Services } from './services.js';

/** Takes `POST /<service>/<restart|stop|kill>` for programs that were started with the services rather than starting them. */
export interface ServiceControl {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Listens on a free loopback port. Answers 204 when it is done, 404 to what is no such request, 500 with the reason. */
export async function startControl(services: Services): Promise<ServiceControl> {
  const actions = new Map(Object.entries({ restart: services.restart, stop: services.stop, kill: services.kill }));
  const server = createServer((request, response) => {
    const [, name = '', action = ''] = (request.url ?? '').split('/');
    const act = actions.get(action);
    if (request.method !== 'POST' || act === undefined || !(name in services.urls)) {
      response.writeHead(404).end(`There is no such request. Say POST /<${Object.keys(services.urls).join('|')}>/<restart|stop|kill>.\n`);
      return;
    }
    void act(name as ServiceName).then(
      () => response.writeHead(204).end(),
      (error: unknown) => response.writeHead(500).end(`${String(error)}\n`),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
