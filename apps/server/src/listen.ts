import { isProblem } from '@fieldline/kernel';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SettingName } from './config/settings.js';
import { configErrors } from './errors.js';

/** Listens and gives the port. @throws CONFIG_PORT_TAKEN, CONFIG_PORT_FORBIDDEN naming the setting */
export async function listenHttp(server: Server, host: string, port: number, setting: SettingName): Promise<number> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, backlog: 1_024 }, () => {
        server.removeListener('error', reject);
        resolve();
      });
    });
  } catch (error) {
    throw listenError(error, { setting, host, port });
  }
  return (server.address() as AddressInfo).port;
}

/** What a failed listen means to the person who chose the port. */
export function listenError(error: unknown, place: { setting: SettingName; host: string; port: number }): unknown {
  if (isProblem(error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return configErrors.PORT_TAKEN(place, { cause: error });
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') return configErrors.PORT_FORBIDDEN(place, { cause: error });
  return error;
}
