// npm run bench -- entities [--smoke] [--store sqlite|mongodb] [--devices 100000]
// How long the pages of an installation with 100,000 devices of 20 attributes take, one request after the other: a query
// with two conditions on attributes, sorted by a third, total included; lists, deep and searched; sign-in. On SQLite they
// are asked over HTTP, on a MongoDB-protocol server (MONGODB_URL, or mongo-java-server, which is started) of the adapters.
import { startServer, stopServer, temporaryFolder, TenantClient } from '@fieldline/e2e';
import { startMongoServers } from '../mongo-servers/servers.js';
import { mongoWorld } from './entities-mongodb.ts';
import { attributesADevice, fillStores, storesOfFolder } from './entity-world.ts';

const isSmoke = process.argv.includes('--smoke');
const option = (name: string): string | undefined => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined);
const stores = ['sqlite', 'mongodb'].filter((name) => (option('--store') ?? name) === name);
const devices = Number(option('--devices') ?? (isSmoke ? 2_000 : 100_000));
const requests = isSmoke ? 20 : 200;
/** Of what takes a second of processor time or looks at all devices. */
const few = isSmoke ? 3 : 20;
/** After so many a server on the JVM is as fast as it gets. */
const jvmWarmUps = isSmoke ? 1 : 20;
/** A start after filling checks every page of the database once. */
const startMs = 120_000;
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const round = (value: number): number => Number(value.toFixed(1));

/** The 99th of 100 of the times one request takes, after a few that warm up. */
async function p99(name: string, count: number, request: (n: number) => Promise<unknown>, warmUps = 3): Promise<number> {
  for (let n = 0; n < warmUps; n += 1) await request(n);
  const times: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const startedAt = performance.now();
    await request(n);
    times.push(performance.now() - startedAt);
  }
  times.sort((a, b) => a - b);
  const [median, last] = [times[times.length >> 1] ?? 0, times[Math.ceil(times.length * 0.99) - 1] ?? 0];
  say(`${name}: median ${round(median)} ms, p99 ${round(last)} ms`);
  return round(last);
}

const key = (type: string, name: string): object => ({ type, key: name });
const condition = (name: string, type: string, operation: string, value: unknown): object => ({
  key: key('ATTRIBUTE', name),
  valueType: type,
  predicate: { type, operation, value: { defaultValue: value, userValue: null, dynamicValue: null } },
});

/** The page of the figure; each request asks for other temperatures and another page. */
const pageQuery = (n: number): object => ({
  entityFilter: { type: 'deviceType', deviceTypes: ['default'], deviceNameFilter: '' },
  pageLink: { pageSize: 50, page: n % 10, sortOrder: { key: key('ATTRIBUTE', 'score'), direction: n % 2 === 0 ? 'DESC' : 'ASC' } },
  entityFields: [key('ENTITY_FIELD', 'name'), key('ENTITY_FIELD', 'label')],
  latestValues: ['active', 'temperature', 'score'].map((name) => key('ATTRIBUTE', name)),
  keyFilters: [condition('active', 'BOOLEAN', 'EQUAL', true), condition('temperature', 'NUMERIC', 'GREATER', (n * 7) % 40)],
});

const searchQuery = (n: number): object => ({
  ...pageQuery(0),
  keyFilters: [],
  pageLink: { pageSize: 50, page: 0, textSearch: `device ${n}`, sortOrder: { key: key('ENTITY_FIELD', 'name'), direction: 'ASC' } },
});

const latestQuery = (n: number): object => ({
  ...pageQuery(n),
  pageLink: { pageSize: 50, page: 0, sortOrder: { key: key('TIME_SERIES', 'temperature'), direction: 'DESC' } },
});

async function measure(port: number): Promise<Record<string, number>> {
  const client = await TenantClient.signIn(port);
  const find = (query: object): Promise<{ totalElements: number }> => client.request('POST', '/api/entitiesQuery/find', query);
  const { totalElements } = await find({ ...pageQuery(0), keyFilters: [] });
  if (totalElements !== devices) throw new Error(`the query finds ${totalElements} of ${devices} devices`);
  const list = (parameters: string): Promise<unknown> => client.request('GET', `/api/tenant/deviceInfos?pageSize=50&${parameters}`);
  const lastPage = Math.floor(devices / 50) - 1;
  return {
    pageP99Ms: await p99('page by two attributes, sorted by a third', requests, (n) => find(pageQuery(n))),
    searchP99Ms: await p99('list, searched', requests, (n) => list(`page=0&textSearch=${n}`)),
    listP99Ms: await p99('list by name, deep', requests, (n) => list(`page=${lastPage - n}&sortProperty=name&sortOrder=ASC`)),
    loginP99Ms: await p99('sign-in', few, () => TenantClient.signIn(port)),
    querySearchP99Ms: await p99('query, searched', few, (n) => find(searchQuery(n))),
    latestSortP99Ms: await p99('query by latest telemetry', few, (n) => find(latestQuery(n))),
  };
}

/** Lets a server make the data folder with its first tenant, and says what the devices belong to. */
async function firstTenant(folder: string): Promise<{ tenantId: string; profileId: string }> {
  const server = await startServer(folder);
  try {
    const client = await TenantClient.signIn(server.ports.http);
    const user = await client.request<{ tenantId: { id: string } }>('GET', '/api/auth/user');
    const profile = await client.request<{ id: { id: string } }>('GET', '/api/deviceProfileInfo/default');
    return { tenantId: user.tenantId.id, profileId: profile.id.id };
  } finally {
    await stopServer(server);
  }
}

/** The same questions to the MongoDB adapters, without HTTP: no server runs on them until there is the cluster profile. */
async function measureMongo(): Promise<void> {
  const url = process.env['MONGODB_URL'];
  const [started] = url === undefined ? await startMongoServers({ names: ['mongo-java-server'] }) : [];
  try {
    await measureAdapters(started?.url ?? String(url), started === undefined ? 'MONGODB_URL' : `${started.name} ${started.version}`);
  } finally {
    await started?.stop();
  }
}

async function measureAdapters(url: string, server: string): Promise<void> {
  const startedAt = performance.now();
  const world = await mongoWorld(url, devices);
  try {
    say(`\nMongoDB adapters on ${server}`);
    say(`${devices} devices with ${attributesADevice} attributes each in ${Math.round((performance.now() - startedAt) / 1_000)} s`);
    const lastPage = Math.floor(devices / 50) - 1;
    const figures = {
      pageP99Ms: await p99('page by two attributes, sorted by a third', few, (n) => world.page(n), jvmWarmUps),
      searchP99Ms: await p99('list, searched', few, (n) => world.search(String(n)), jvmWarmUps),
      listP99Ms: await p99('list by name, deep', few, (n) => world.list(lastPage - n), jvmWarmUps),
      loginP99Ms: await p99('sign-in', few, () => world.signIn()),
      devices,
    };
    process.stdout.write(`${JSON.stringify({ bench: 'entities', store: 'mongodb', server, ratio: 1, baseline: 'none', figures })}\n`);
  } finally {
    await world.close();
  }
}

async function measureSqlite(): Promise<void> {
  const folder = await temporaryFolder('bench-entities');
  try {
    say('SQLite, over HTTP');
    const owner = await firstTenant(folder.path);
    const startedAt = performance.now();
    await fillStores(await storesOfFolder(folder.path), { ...owner, devices });
    say(`${devices} devices with ${attributesADevice} attributes each in ${Math.round((performance.now() - startedAt) / 1_000)} s`);
    const server = await startServer(folder.path, { timeoutMs: startMs });
    say(`ready after ${Math.round(server.readyMs)} ms`);
    try {
      const figures = { ...(await measure(server.ports.http)), devices, readyMs: Math.round(server.readyMs) };
      process.stdout.write(`${JSON.stringify({ bench: 'entities', store: 'sqlite', ratio: 1, baseline: 'none', figures })}\n`);
    } finally {
      await stopServer(server, 'SIGKILL');
    }
  } finally {
    await folder.remove();
  }
}

if (stores.length === 0) throw new Error('--store is sqlite or mongodb');
if (stores.includes('sqlite')) await measureSqlite();
if (stores.includes('mongodb')) await measureMongo();
