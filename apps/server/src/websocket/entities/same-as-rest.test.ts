// Goal: what a client shows that follows a dynamic page is what the query finds in the end, for an administrator and a customer. Method:
// random sequences of changes over the REST API of a real server, and two clients that merge every frame as websocket-api.md §5.2 says.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PING_INTERVAL_MS } from '../limits.js';
import { type RunningLive, startLive } from '../live.fixture.js';
import { allDevices, EntityClient } from './entity.fixture.js';
import { PAGE_REFRESH_MS } from './limits.js';

type Latest = Record<string, Record<string, { readonly ts: number; readonly value: string }>>;
type Shown = Map<string, Latest>;
interface Row {
  readonly entityId: { readonly id: string };
  readonly latest: Latest | null;
}

const keys = [
  ...['a', 'b'].map((key) => ({ type: 'TIME_SERIES', key })),
  ...['ATTRIBUTE', 'SERVER_ATTRIBUTE', 'SHARED_ATTRIBUTE'].map((type) => ({ type, key: 'x' })),
];
const query = allDevices({ pageLink: { page: 0, pageSize: 100, dynamic: true }, entityFields: [], latestValues: keys });

const device = fc.nat({ max: 5 });
const value = fc.nat({ max: 9 });
const key = fc.constantFrom('a', 'b');
const scope = fc.constantFrom('SERVER_SCOPE', 'SHARED_SCOPE');
const change = fc.oneof(
  fc.record({ act: fc.constantFrom('add', 'delete', 'give', 'take', 'pass'), device }),
  fc.record({ act: fc.constant('save'), device, key, ts: fc.nat({ max: 3 }), value }),
  fc.record({ act: fc.constant('remove'), device, key, isRewritten: fc.boolean() }),
  fc.record({ act: fc.constant('set'), device, scope, value }),
  fc.record({ act: fc.constant('unset'), device, scope }),
);
/** A change of one of the devices; what more there is depends on the act. */
type Change = { readonly act: string; readonly device: number } & Readonly<Record<string, unknown>>;

interface Customer {
  readonly id: string;
  readonly token: string;
}

/** Devices of a tenant and of a customer that come and go, and a client of each. */
class World {
  readonly running: RunningLive;
  readonly #customer: Customer;
  readonly #devices: (string | undefined)[] = [];
  #made = 0;

  private constructor(running: RunningLive, customer: Customer) {
    this.running = running;
    this.#customer = customer;
  }

  static async start(): Promise<World> {
    const running = await startLive();
    const { entity, token } = await running.addCustomer('customer');
    return new World(running, { id: entity.id, token });
  }

  get tokens(): readonly string[] {
    return [this.running.tokens.one, this.#customer.token];
  }

  async change({ device: place, ...more }: Change): Promise<void> {
    const id = this.#devices[place];
    if (more.act === 'add') await this.#add(place);
    else if (id === undefined) return;
    else if (more.act === 'delete') await this.#delete(place, id);
    else if (more.act === 'give') await this.#call('POST', `/api/customer/${this.#customer.id}/device/${id}`);
    // What nobody has cannot be taken back.
    else if (more.act === 'take') await this.#call('DELETE', `/api/customer/device/${id}`).catch(() => undefined);
    else await this.#changeValue(`/api/plugins/telemetry/DEVICE/${id}`, more);
  }

  async #changeValue(base: string, more: Omit<Change, 'device'>): Promise<void> {
    const { act, key: name, ts, value: given, scope: of, isRewritten } = more as Record<string, string> & { readonly ts: number };
    if (act === 'save') await this.#call('POST', `${base}/timeseries/ANY`, { ts: 1_700_000_000_000 + ts, values: { [String(name)]: given } });
    else if (act === 'remove') {
      const what = isRewritten ? `startTs=1700000000002&endTs=1800000000000&rewriteLatestIfDeleted=true` : 'deleteAllDataForKeys=true';
      await this.#call('DELETE', `${base}/timeseries/delete?keys=${name}&${what}`);
    } else if (act === 'set') await this.#call('POST', `${base}/attributes/${of}`, { x: given });
    else if (act === 'unset') await this.#call('DELETE', `${base}/${of}?keys=x`);
  }

  async #add(place: number): Promise<void> {
    if (this.#devices[place] !== undefined) return;
    const made = await this.#call('POST', '/api/device', { name: `Device ${++this.#made}`, type: 'default' });
    this.#devices[place] = (made['id'] as { id: string }).id;
  }

  async #delete(place: number, id: string): Promise<void> {
    this.#devices[place] = undefined;
    await this.#call('DELETE', `/api/device/${id}`);
  }

  #call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    return this.running.call(this.running.tokens.one, method, path, body);
  }
}

/** A client with what it shows. */
class Follower {
  readonly client: EntityClient;
  readonly shown: Shown = new Map();

  private constructor(client: EntityClient) {
    this.client = client;
  }

  static async open(running: RunningLive, token: string): Promise<Follower> {
    const follower = new Follower(await EntityClient.open(running, { token }));
    follower.client.send('ENTITY_DATA', { query, latestCmd: { keys } });
    return follower;
  }

  async merge(): Promise<void> {
    for (const { data, update } of await this.client.takeAll()) {
      if (data !== null) this.shown.clear();
      for (const { entityId, latest } of (data?.data ?? update ?? []) as readonly Row[]) {
        const known = this.shown.get(entityId.id) ?? {};
        for (const [type, values] of Object.entries(latest ?? {})) known[type] = { ...known[type], ...values };
        this.shown.set(entityId.id, known);
      }
    }
  }
}

/** Makes the changes, lets an interval pass, and compares what the followers show with what a query finds for each. */
async function compare(world: World, changes: readonly Change[]): Promise<void> {
  const { running, tokens } = world;
  const followers = await Promise.all(tokens.map((token) => Follower.open(running, token)));
  const pass = async (): Promise<void> => {
    await Promise.all(followers.map((follower) => follower.merge()));
    for (let ms = 0; ms < PAGE_REFRESH_MS; ms += PING_INTERVAL_MS) {
      running.clock.pass(PING_INTERVAL_MS);
      await Promise.all(followers.map(({ client }) => client.arrived()));
    }
    await Promise.all(followers.map((follower) => follower.merge()));
  };
  for (const each of changes) await (each.act === 'pass' ? pass() : world.change(each));
  await pass();
  for (const [place, { shown }] of followers.entries()) {
    const found = (await running.call(tokens[place] ?? '', 'POST', '/api/entitiesQuery/find', query)) as unknown as { data: Row[] };
    expect(sorted(shown)).toEqual(sorted(found.data.map(({ entityId, latest }) => [entityId.id, latest ?? {}])));
  }
}

const sorted = (rows: Iterable<readonly [string, Latest]>) => [...rows].sort(([a], [b]) => (a < b ? -1 : 1));

test('a page that is followed is the page that a query finds', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 10, maxLength: 40 }), async (changes) => {
      const world = await World.start();
      try {
        await compare(world, changes);
      } finally {
        await world.running.close();
      }
    }),
    { numRuns: 12, endOnFailure: true },
  );
});
