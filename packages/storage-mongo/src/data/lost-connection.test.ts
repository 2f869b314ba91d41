import { ValueKind, type TenantId } from '@fieldline/model';
import type { DataStore } from '@fieldline/ports';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openMongoDatabase, type MongoDatabase } from '../mongo-database.js';
import { ambient, describeWithMongo, testDatabase } from '../mongo-server.fixture.js';
import { openMongoDataStore } from './mongo-data-store.js';

// Goal: a server that goes away, or says nothing more, costs errors with a code, and the store goes on once it is back.
// Method: connections through a proxy that ends them, refuses them or lets nothing through.

const tenantId = '0a000000-0000-7000-8000-000000000001' as TenantId;
const entity = { entityType: 'DEVICE', id: 'device' } as const;
const unavailable = expect.objectContaining({ code: 'STORAGE_UNAVAILABLE', retry: 'later' }) as unknown;

/** Stands between the store and the server. */
class Line {
  state: 'open' | 'cut' | 'silent' = 'open';
  /** Called with what is sent to the server, before it is. */
  onSent: (bytes: Buffer) => void = () => undefined;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(to: URL) {
    this.#server = createServer((client) => {
      if (this.state === 'cut') return void client.destroy();
      const ends = [client, connect(Number(to.port), to.hostname)] as const;
      for (const [place, end] of ends.entries()) {
        const other = ends[1 - place] as Socket;
        this.#sockets.add(end);
        end.on('error', () => end.destroy());
        end.on('close', () => {
          this.#sockets.delete(end);
          other.destroy();
        });
        end.on('data', (bytes) => {
          if (end === client) this.onSent(bytes);
          if (this.state !== 'silent') other.write(bytes);
        });
      }
      return undefined;
    });
  }

  static async open(to: string): Promise<{ readonly line: Line; readonly url: string }> {
    const line = new Line(new URL(to));
    line.#server.listen(0, '127.0.0.1');
    await once(line.#server, 'listening');
    const target = new URL(to);
    target.host = `127.0.0.1:${(line.#server.address() as AddressInfo).port}`;
    target.searchParams.set('heartbeatFrequencyMS', '500');
    return { line, url: target.href };
  }

  end(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.end();
    this.#server.close();
  }
}

describeWithMongo('a connection that is lost', (server) => {
  let place: ReturnType<typeof testDatabase>;
  let direct: MongoDatabase;
  let database: MongoDatabase;
  let line: Line;
  let store: DataStore;
  beforeEach(async () => {
    place = testDatabase(server());
    direct = await place.open();
    const opened = await Line.open(server().url);
    line = opened.line;
    database = await openMongoDatabase({ url: opened.url, name: direct.name, serverWaitMs: 500 });
    store = await openMongoDataStore({ database, ...ambient() });
  });
  afterEach(async () => {
    line.state = 'open';
    await store.close();
    await Promise.all([database.close(), direct.close()]);
    line.close();
    await place.drop();
  });
  const commit = (n: number): Promise<void> => {
    const unit = store.begin();
    unit.point(tenantId, entity, 'a', n, ValueKind.long, n, 0);
    unit.attribute({ tenantId, entity, scope: 'SERVER_SCOPE', key: 'a', kind: ValueKind.long, value: n, lastUpdateMs: n });
    return store.commit(unit);
  };
  /** As a device does: again until it is kept. */
  const kept = async (n: number): Promise<void> => {
    for (let isKept = false; !isKept;) {
      isKept = await commit(n).then(
        () => true,
        () => false,
      );
    }
  };
  const range = (from = store): Promise<readonly unknown[]> =>
    from
      .range(tenantId, entity, { key: 'a', startMs: 0, endMs: 1_000, limit: 1_000, order: 'ASC' })
      .then((points) => points.map(({ value }) => value));

  test('is told by a code, by commits and reads, and is there again by itself', async () => {
    await commit(1);
    line.state = 'cut';
    line.end();
    const calls = [commit(2), range(), store.latest(tenantId, entity), store.attributes(tenantId, entity, 'SERVER_SCOPE')];
    const reads = [store.keys(tenantId, entity), store.alarms(tenantId, { page: 0, pageSize: 1 }), store.openHandOvers()];
    expect(await Promise.allSettled([...calls, ...reads])).toEqual([...calls, ...reads].map(() => ({ status: 'rejected', reason: unavailable })));
    line.state = 'open';
    await kept(3);
    expect(await range()).toEqual([1, 3]);
  });

  test('in the middle of commits loses and halves none that is written again until it is kept', async () => {
    for (let n = 1; n <= 30; n += 1) {
      // One commit sends some ten times; each is cut off a little later than the one before.
      let left = n;
      line.onSent = () => {
        left -= 1;
        if (left === 0) line.end();
      };
      await kept(n);
    }
    line.onSent = () => undefined;
    const all = Array.from({ length: 30 }, (_, n) => n + 1);
    expect(await range()).toEqual(all);
    await store.close();
    store = await openMongoDataStore({ database: direct, ...ambient() });
    expect(await range()).toEqual(all);
    expect((await store.attributes(tenantId, entity, 'SERVER_SCOPE')).map(({ value }) => value)).toEqual([30]);
  }, 60_000);

  test('without a word is told as well, and what was journalled goes through later', async () => {
    await commit(1);
    line.state = 'silent';
    const committed = commit(2);
    await expect(store.latest(tenantId, entity)).rejects.toEqual(unavailable);
    line.state = 'open';
    line.end();
    await committed.catch(() => kept(2));
    expect(await range()).toEqual([1, 2]);
  }, 10_000);

  test.each(['stops', 'is told to'])('a read that %s before its end leaves no cursor to the server', async (how) => {
    const unit = store.begin();
    for (let n = 0; n < 5_000; n += 1) unit.point(tenantId, entity, 'a', n, ValueKind.long, n, 0);
    await store.commit(unit);
    const ended = Promise.withResolvers<void>();
    line.onSent = (bytes) => {
      if (bytes.includes('killCursors')) ended.resolve();
    };
    const control = new AbortController();
    const query = { key: 'a', startMs: 0, endMs: 5_000, limit: 5_000, order: 'ASC' } as const;
    const pieces = store.columns(tenantId, entity, query, control.signal)[Symbol.asyncIterator]();
    await pieces.next();
    if (how === 'stops') await pieces.return?.();
    else {
      control.abort();
      await expect(pieces.next()).rejects.toMatchObject({ code: 'HISTORY_ABANDONED' });
    }
    await ended.promise;
  });

  test('leaves no read of history to the server for longer than the read may take', async () => {
    let sent = '';
    line.onSent = (bytes) => (sent += bytes.toString('latin1'));
    await range();
    expect(sent).toMatch(/data_point[^]*maxTimeMS/);
  });
});
