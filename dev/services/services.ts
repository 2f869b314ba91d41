import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { components, howToInstall } from '../workspace/components.mjs';
import { kafka } from './kafka.js';
import { mosquitto, mosquittoWithLogin } from './mosquitto.js';
import { freePort } from './ports.js';
import { rabbitmq } from './rabbitmq.js';
import { evictingRedis, redis } from './redis.js';
import { startRun } from './run.js';
import type { ServiceRun } from './run.js';
import type { Place, Service, ServiceName } from './service.js';
import { smtp } from './smtp.js';

const START_TIMEOUT_MS = 60_000;
const POLL_MS = 25;
const known: readonly Service[] = [redis, evictingRedis, rabbitmq, kafka, mosquitto, mosquittoWithLogin, smtp];

/** The services that tests can be given. */
export const serviceNames: readonly ServiceName[] = known.map(({ name }) => name);

/** Services that answer, until `close`. */
export interface Services {
  /** What each of them is reached by: a URL, or for kafka a list of brokers. */
  readonly urls: Readonly<Partial<Record<ServiceName, string>>>;
  /** The environment variables that tell a client the same. */
  readonly env: Readonly<Record<string, string>>;
  /** Asks the service to end, as an operator would, and keeps its data. */
  readonly stop: (name: ServiceName) => Promise<void>;
  /** Ends the service by SIGKILL, and keeps its data. */
  readonly kill: (name: ServiceName) => Promise<void>;
  /** Ends the service unless it is down, starts it again on the same port with the same data, and waits until it answers. */
  readonly restart: (name: ServiceName) => Promise<void>;
  /** Ends all processes and removes all data. */
  readonly close: () => Promise<void>;
}

/**
 * Installs what of these services comes from Maven, and starts them, or all of them, each on free loopback ports with a
 * data folder of its own. Resolves when all of them answer; if one does not, none is left running. They end with the
 * process that called this, however it ends.
 *
 * @throws Error that says which service is not installed or did not start, and what it said
 */
export async function startServices({ names = serviceNames }: { readonly names?: readonly string[] } = {}): Promise<Services> {
  const wanted = installServices(names);
  const starts = await Promise.allSettled(wanted.map(startService));
  const running = starts.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const close = async (): Promise<void> => void (await Promise.all(running.map((service) => service.close())));
  const failure = starts.find((result) => result.status === 'rejected');
  if (failure !== undefined) {
    await close();
    throw failure.reason;
  }
  const named = (name: ServiceName): RunningService => {
    const service = running.find((one) => one.name === name);
    if (service === undefined) throw new Error(`${name} was not started. Running are: ${running.map((one) => one.name).join(', ')}.`);
    return service;
  };
  return {
    urls: Object.fromEntries(running.map(({ name, env }) => [name, env[0]?.[1]])),
    env: Object.fromEntries(running.flatMap(({ env }) => env)),
    stop: async (name) => named(name).end('SIGTERM'),
    kill: async (name) => named(name).end('SIGKILL'),
    restart: async (name) => named(name).restart(),
    close,
  };
}

/** Installs what comes from Maven, so that no start has to. @returns the services of these names */
export function installServices(names: readonly string[] = serviceNames): readonly Service[] {
  const unknown = names.filter((name) => !known.some((service) => service.name === name));
  if (unknown.length > 0) throw new Error(`There is no service ${unknown.join(', ')}. There are: ${serviceNames.join(', ')}.`);
  const wanted = known.filter(({ name }) => names.includes(name));
  assertInstalled(wanted);
  for (const { install } of wanted) install?.();
  return wanted;
}

function assertInstalled(wanted: readonly Service[]): void {
  const missing = components.filter((component) => wanted.some((service) => service.component === component.name) && !component.isThere());
  if (missing.length === 0) return;
  throw new Error(missing.map((component) => `${component.name} is missing. ${howToInstall(component)}.`).join('\n'));
}

interface RunningService {
  readonly name: ServiceName;
  readonly env: ReturnType<Service['env']>;
  readonly end: ServiceRun['end'];
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
}

async function startService(service: Service): Promise<RunningService> {
  const folder = mkdtempSync(join(tmpdir(), `fieldline-${service.name}-`));
  const place: Place = { folder, ports: [await freePort(), ...(await Promise.all(Array.from({ length: service.portCount - 1 }, freePort)))] };
  let run: ServiceRun | undefined;
  const end = async (how: 'SIGTERM' | 'SIGKILL'): Promise<void> => run?.end(how);
  const start = async (): Promise<void> => {
    run = startRun(folder, service.commands(place));
    await answering(service, place, run);
  };
  const close = async (): Promise<void> => {
    await end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    service.prepare(place);
    await start();
  } catch (error) {
    await close();
    throw error;
  }
  const restart = async (): Promise<void> => {
    await end('SIGTERM');
    await start();
  };
  return { name: service.name, env: service.env(place), end, restart, close };
}

async function answering({ name, answers }: Service, place: Place, run: ServiceRun): Promise<void> {
  const until = performance.now() + START_TIMEOUT_MS;
  while (!(await answers(place))) {
    if (!run.isUp()) throw new Error(`${name} ended before it answered. It said: ${run.output()}`);
    if (performance.now() > until) throw new Error(`${name} did not answer in ${START_TIMEOUT_MS} ms. It said: ${run.output()}`);
    await pause(POLL_MS);
  }
}
