import { expect, test } from 'vitest';
import { backOffMs } from './back-off.js';
import type { LiveFrame } from './frames.js';
import { RECONNECT_LONGEST_MS } from './limits.js';
import { LiveConnection, type LiveState, type Socket } from './live-connection.js';

// A hand-moved world: sockets are opened by the test, and time passes when it says so.
function world(token: () => Promise<string | undefined> = () => Promise.resolve('jwt')) {
  const sockets: (Socket & { sent: unknown[]; isClosed: boolean })[] = [];
  const timers: { delayMs: number; action: () => void }[] = [];
  const connection = new LiveConnection({
    open: () => {
      const socket = {
        onopen: null,
        onmessage: null,
        onclose: null,
        sent: [] as unknown[],
        isClosed: false,
        send: (text: string) => socket.sent.push(JSON.parse(text)),
        close: () => (socket.isClosed = true),
      };
      sockets.push(socket);
      return socket;
    },
    token,
    after: (delayMs, action) => {
      const timer = { delayMs, action };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), 1);
    },
    random: () => 0.5,
  });
  const states: LiveState[] = [];
  connection.onState((state) => states.push(state));
  return { connection, sockets, timers, states };
}

/** Lets promises that are done be heard. */
const settled = () => new Promise<void>((done) => queueMicrotask(() => queueMicrotask(done)));

const command = { type: 'TIMESERIES', entityType: 'DEVICE', entityId: 'd1', scope: 'LATEST_TELEMETRY' } as const;
const frame = (id: number, value: string) =>
  JSON.stringify({ subscriptionId: id, errorCode: 0, errorMsg: null, data: { temperature: [[5, value]] }, latestValues: {} });

test('the token goes first, then the commands, and frames reach who asked for them', async () => {
  const { connection, sockets, states } = world();
  const frames: LiveFrame[] = [];
  connection.subscribe(command, (received) => frames.push(received));
  await settled();
  sockets[0]?.onopen?.();
  expect(sockets[0]?.sent).toEqual([{ authCmd: { cmdId: 0, token: 'jwt' } }, { cmds: [{ ...command, cmdId: 1 }] }]);
  sockets[0]?.onmessage?.({ data: frame(1, '21.5') });
  expect(frames[0]?.points.get('temperature')).toEqual([{ tsMs: 5, value: '21.5' }]);
  expect(states).toEqual(['connecting', 'live']);
});

test('a lost connection comes back with every subscription', async () => {
  const { connection, sockets, timers, states } = world();
  connection.subscribe(command, () => undefined);
  await settled();
  sockets[0]?.onopen?.();
  sockets[0]?.onmessage?.({ data: frame(1, '1') });
  sockets[0]?.onclose?.();
  expect(states.at(-1)).toBe('lost');
  timers.shift()?.action();
  await settled();
  sockets[1]?.onopen?.();
  expect(sockets[1]?.sent[1]).toEqual({ cmds: [{ ...command, cmdId: 1 }] });
  sockets[1]?.onmessage?.({ data: frame(1, '2') });
  expect(states.at(-1)).toBe('live');
});

test('pauses grow while the server refuses, although it accepts the socket', async () => {
  const { connection, sockets, timers } = world();
  connection.subscribe(command, () => undefined);
  await settled();
  const pauses: number[] = [];
  for (let attempt = 0; attempt < 3; attempt += 1) {
    sockets.at(-1)?.onopen?.();
    sockets.at(-1)?.onclose?.();
    const timer = timers.shift();
    pauses.push(timer?.delayMs ?? 0);
    timer?.action();
    await settled();
  }
  expect(pauses).toEqual([375, 750, 1500]);
});

test('after a connection that worked the pauses begin anew', async () => {
  const { connection, sockets, timers } = world();
  connection.subscribe(command, () => undefined);
  await settled();
  sockets[0]?.onclose?.();
  timers.shift()?.action();
  await settled();
  sockets[1]?.onopen?.();
  sockets[1]?.onmessage?.({ data: frame(1, '1') });
  sockets[1]?.onclose?.();
  expect(timers[0]?.delayMs).toBe(375);
});

test('an old socket that closes late does not disturb the new one', async () => {
  const { connection, sockets, timers, states } = world();
  connection.subscribe(command, () => undefined)();
  await settled();
  const end = connection.subscribe(command, () => undefined);
  await settled();
  end();
  connection.subscribe(command, () => undefined);
  await settled();
  sockets[1]?.onopen?.();
  sockets[1]?.onmessage?.({ data: frame(3, '1') });
  sockets[0]?.onclose?.();
  expect(states.at(-1)).toBe('live');
  expect(timers).toHaveLength(0);
});

test('the last one to leave closes the connection and stops the retries', async () => {
  const { connection, sockets, timers, states } = world();
  const end = connection.subscribe(command, () => undefined);
  await settled();
  sockets[0]?.onclose?.();
  expect(timers).toHaveLength(1);
  end();
  expect(timers).toHaveLength(0);
  expect(states.at(-1)).toBe('idle');
});

test('one of two that leaves is taken off at the server', async () => {
  const { connection, sockets } = world();
  const end = connection.subscribe(command, () => undefined);
  connection.subscribe(command, () => undefined);
  await settled();
  sockets[0]?.onopen?.();
  end();
  expect(sockets[0]?.sent.at(-1)).toEqual({ cmds: [{ ...command, cmdId: 1, unsubscribe: true }] });
  expect(sockets[0]?.isClosed).toBe(false);
});

test('nobody signed in: no connection', async () => {
  const { connection, sockets } = world(() => Promise.resolve(undefined));
  connection.subscribe(command, () => undefined);
  await settled();
  expect(sockets).toHaveLength(0);
});

test('a server that cannot be asked for a token is tried again', async () => {
  let isUp = false;
  const { connection, sockets, timers, states } = world(() => (isUp ? Promise.resolve('new') : Promise.reject(new Error('down'))));
  connection.subscribe(command, () => undefined);
  await settled();
  expect(states.at(-1)).toBe('lost');
  isUp = true;
  timers.shift()?.action();
  await settled();
  expect(sockets).toHaveLength(1);
});

test('who leaves before the token is there leaves no socket behind', async () => {
  const { connection, sockets } = world();
  connection.subscribe(command, () => undefined)();
  await settled();
  expect(sockets).toHaveLength(0);
});

test.each(['no json', 'null', '[]', '{"a":1}', '{"subscriptionId":"1"}'])('%j is no frame and harms nothing', async (text) => {
  const { connection, sockets } = world();
  connection.subscribe(command, () => expect.unreachable());
  await settled();
  sockets[0]?.onopen?.();
  expect(() => sockets[0]?.onmessage?.({ data: text })).not.toThrow();
});

test('a pause never exceeds its bound', () => {
  expect(backOffMs(50, 0.999)).toBeLessThanOrEqual(RECONNECT_LONGEST_MS);
});

test('accounts of rule chains come by the same connection and are ended by their own command', async () => {
  const { connection, sockets } = world();
  const frames: LiveFrame[] = [];
  connection.subscribe(command, () => undefined);
  const end = connection.subscribe({ type: 'RULE_CHAIN_LEDGER', ruleChainId: 'c1' }, (received) => frames.push(received));
  await settled();
  sockets[0]?.onopen?.();
  sockets[0]?.onmessage?.({ data: '{"cmdId":2,"cmdUpdateType":"RULE_CHAIN_LEDGER","data":{"entered":7}}' });
  sockets[0]?.onmessage?.({ data: '{"cmdId":2,"cmdUpdateType":"RULE_CHAIN_LEDGER","data":null}' });
  expect(frames.map(({ ledger }) => ledger)).toEqual([{ entered: 7 }, null]);
  end();
  expect(sockets[0]?.sent.at(-1)).toEqual({ cmds: [{ type: 'RULE_CHAIN_LEDGER_UNSUBSCRIBE', cmdId: 2 }] });
});

test('a subscription whose right was taken is said to be refused and not asked for again; the others go on', async () => {
  const { connection, sockets, timers, states } = world();
  const frames: LiveFrame[] = [];
  const end = connection.subscribe(command, (received) => frames.push(received));
  const other = { ...command, entityId: 'd2' };
  connection.subscribe(other, () => undefined);
  await settled();
  sockets[0]?.onopen?.();
  sockets[0]?.onmessage?.({ data: '{"subscriptionId":1,"errorCode":3,"errorMsg":"Unauthorized","data":null,"latestValues":{}}' });
  expect([states.at(-1), frames.at(-1)?.errorCode]).toEqual(['refused', 3]);
  sockets[0]?.onmessage?.({ data: frame(2, '1') });
  expect(states.at(-1)).toBe('refused');
  sockets[0]?.onclose?.({ code: 1006, reason: '' });
  timers.shift()?.action();
  await settled();
  sockets[1]?.onopen?.();
  expect(sockets[1]?.sent[1]).toEqual({ cmds: [{ ...other, cmdId: 2 }] });
  end();
  expect([states.at(-1), sockets[1]?.sent.length]).toEqual(['live', 2]);
});

test.each([
  { code: 1008, reason: 'The session has ended.' },
  { code: 1007, reason: 'Token has expired' },
])('a socket closed with $code, "$reason", is not tried again with the same token', async (event) => {
  let token = 'old';
  const { connection, sockets, timers, states } = world(() => Promise.resolve(token));
  connection.subscribe(command, () => undefined);
  await settled();
  sockets[0]?.onopen?.();
  sockets[0]?.onclose?.(event);
  expect([states.at(-1), timers.length]).toEqual(['refused', 0]);
  connection.subscribe(command, () => undefined);
  await settled();
  expect([states.at(-1), sockets.length]).toEqual(['refused', 1]);
  token = 'new';
  connection.subscribe(command, () => undefined);
  await settled();
  expect(sockets).toHaveLength(2);
});

test('a limit that is reached may be free again: the socket is tried again', async () => {
  const { connection, sockets, timers, states } = world();
  connection.subscribe(command, () => undefined);
  await settled();
  sockets[0]?.onclose?.({ code: 1008, reason: 'Max tenant sessions limit reached!' });
  expect([states.at(-1), timers.length]).toEqual(['lost', 1]);
});
