// Goal: sockets get in by one of two ways, and every other attempt ends with the code of websocket-api.md §1 and §2.
// Method: a real server on a real port, the ws client, and a clock that the test moves.
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LiveClient, type RunningLive, startLive } from './live.fixture.js';
import { EARLY_MESSAGES_MAX, MESSAGE_BYTES_MAX } from './limits.js';

let running: RunningLive;
beforeEach(async () => void (running = await startLive()));
afterEach(() => running.close());

const legacyPath = '/api/ws/plugins/telemetry';
const until = async (isMet: () => boolean): Promise<void> => {
  while (!isMet()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('signing in', () => {
  const command = () => ({ type: 'TIMESERIES', cmdId: 1, entityType: 'DEVICE', entityId: running.device.id });

  test('the first message may carry the token and commands; the answer to the token is silence', async () => {
    const client = await LiveClient.open(running.port, '/api/ws');
    client.send({ authCmd: { cmdId: 0, token: running.tokens.one }, cmds: [command()] });
    expect(await client.take()).toEqual({ subscriptionId: 1, errorCode: 0, errorMsg: null, data: {}, latestValues: {} });
  });

  test('commands that follow while the token is being checked are kept', async () => {
    const client = await LiveClient.open(running.port, '/api/ws');
    client.send({ authCmd: { cmdId: 0, token: running.tokens.one } });
    client.send({ cmds: [command()] });
    expect((await client.take()).subscriptionId).toBe(1);
  });

  test('a token in the address serves both endpoints, also for a message sent at once', async () => {
    const general = await LiveClient.open(running.port, `/api/ws?token=${running.tokens.one}`);
    general.send({ cmds: [command()] });
    const legacy = await LiveClient.open(running.port, `${legacyPath}?token=${running.tokens.one}`);
    legacy.send({ tsSubCmds: [command()] });
    expect([(await general.take()).errorCode, (await legacy.take()).errorCode]).toEqual([0, 0]);
  });

  test('a later authCmd changes nothing', async () => {
    const client = await LiveClient.open(running.port, `/api/ws?token=${running.tokens.one}`);
    client.send({ authCmd: { cmdId: 0, token: running.tokens.two }, cmds: [{ ...command(), entityId: running.foreign.id }] });
    expect((await client.take()).errorCode).toBe(3);
  });

  test('a command that cannot be read does not keep its sender from signing in', async () => {
    const client = await LiveClient.open(running.port, '/api/ws');
    client.send({ authCmd: { cmdId: 0, token: running.tokens.one, apiKey: null }, cmds: [{ type: 'ENTITY_NONSENSE', cmdId: 1 }] });
    expect((await client.take()).errorMsg).toBe('Failed to parse the payload');
    client.send({ cmds: [command()] });
    expect((await client.take()).errorCode).toBe(0);
  });
});

describe('refusals', () => {
  test.each([
    { name: 'no JSON', path: '/api/ws', first: 'hello', code: 1007, reason: 'Failed to parse the payload' },
    { name: 'no authCmd', path: '/api/ws', first: '{"cmds":[]}', code: 1008, reason: 'Auth cmd is missing' },
    { name: 'a wrong token', path: '/api/ws', first: '{"authCmd":{"cmdId":0,"token":"wrong"}}', code: 1007, reason: 'Invalid username or password' },
    {
      name: 'an API key that nobody has',
      path: '/api/ws',
      first: '{"authCmd":{"apiKey":"k"}}',
      code: 1007,
      reason: 'Authentication failed',
    },
    { name: 'a wrong token in the address', path: '/api/ws?token=wrong', first: undefined, code: 1011, reason: 'Invalid username or password' },
    {
      name: 'a wrong token on the legacy path',
      path: `${legacyPath}?token=wrong`,
      first: undefined,
      code: 1011,
      reason: 'Invalid username or password',
    },
    { name: 'no token on the legacy path', path: legacyPath, first: undefined, code: 1011, reason: 'Token is missing' },
    { name: 'an unknown plugin', path: '/api/ws/plugins/unknown', first: undefined, code: 1007, reason: 'Unknown path' },
  ])('$name closes with $code', async ({ path, first, code, reason }) => {
    const client = await LiveClient.open(running.port, path);
    if (first !== undefined) client.send(first);
    expect(await client.closed).toEqual({ code, reason });
    await until(() => running.live.size === 0);
  });

  test('a token that was tampered with is refused with the reason text', async () => {
    const client = await LiveClient.open(running.port, '/api/ws');
    client.send({ authCmd: { token: `${running.tokens.one.slice(0, -4)}AAAA` } });
    expect(await client.closed).toEqual({ code: 1007, reason: 'Token has expired' });
  });

  test('silence closes with 1008 after ten seconds, and a socket that signed in stays', async () => {
    const silent = await LiveClient.open(running.port, '/api/ws');
    const known = await LiveClient.open(running.port, `/api/ws?token=${running.tokens.one}`);
    await known.takeAll();
    running.clock.pass(9_999);
    expect(silent.socket.readyState).toBe(silent.socket.OPEN);
    running.clock.pass(1);
    expect((await silent.closed).code).toBe(1008);
    expect(known.socket.readyState).toBe(known.socket.OPEN);
  });

  test('messages that come before the token was checked are bounded', async () => {
    running.hooks.beforeAuthentication = () => new Promise(() => undefined);
    const client = await LiveClient.open(running.port, `/api/ws?token=${running.tokens.one}`);
    for (let n = 0; n < EARLY_MESSAGES_MAX; n++) client.send({});
    const other = await LiveClient.open(running.port, '/api/ws/plugins/unknown');
    await other.closed;
    expect(client.socket.readyState).toBe(client.socket.OPEN);
    client.send({});
    expect(await client.closed).toEqual({ code: 1008, reason: 'Too many messages before authentication' });
  });

  test('a token that is checked too late signs nobody in', async () => {
    let letGo = (): void => undefined;
    running.hooks.beforeAuthentication = () => new Promise((resolve) => (letGo = resolve));
    const client = await LiveClient.open(running.port, `/api/ws?token=${running.tokens.one}`);
    client.send({ cmds: [{ type: 'TIMESERIES', cmdId: 1, entityType: 'DEVICE', entityId: running.device.id }] });
    // A round trip of another socket, so that the message has arrived.
    await (
      await LiveClient.open(running.port, '/api/ws/plugins/unknown')
    ).closed;
    running.clock.pass(10_000);
    expect((await client.closed).code).toBe(1008);
    await until(() => running.live.size === 0);
    letGo();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([client.frames, running.feed.size, running.rights.size]).toEqual([[], 0, 0]);
  });

  test('an address of something else is no WebSocket', async () => {
    const client = new LiveClient(running.port, '/api/other');
    const error = await new Promise<Error>((resolve) => client.socket.once('error', resolve));
    expect(error.message).toMatch(/404/);
  });

  test('an upgrade with an unreadable address is refused and the server lives on', async () => {
    const socket = connect({ port: running.port, host: '127.0.0.1', allowHalfOpen: true });
    const answer = new Promise<string>((resolve) => socket.once('data', (bytes) => resolve(String(bytes))));
    socket.write(
      'GET // HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    );
    expect(await answer).toMatch(/^HTTP\/1\.1 404/);
    // The server lets the socket go, whatever the client does with its own end.
    const connections = () =>
      new Promise<number>((resolve, reject) => running.http.getConnections((error, count) => (error ? reject(error) : resolve(count))));
    while ((await connections()) > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    socket.destroy();
    await (await LiveClient.open(running.port, `/api/ws?token=${running.tokens.one}`)).takeAll();
  });
});

describe('life of a socket', () => {
  test('a message over the limit closes with 1009 and harms nobody', async () => {
    const client = await LiveClient.open(running.port, `/api/ws?token=${running.tokens.one}`);
    const other = await LiveClient.open(running.port, `/api/ws?token=${running.tokens.one}`);
    client.send('x'.repeat(MESSAGE_BYTES_MAX + 1));
    expect((await client.closed).code).toBe(1009);
    expect(await other.takeAll()).toEqual([]);
  });

  test('a message of exactly the limit is read', async () => {
    const client = await LiveClient.open(running.port, `/api/ws?token=${running.tokens.one}`);
    client.send('x'.repeat(MESSAGE_BYTES_MAX));
    expect((await client.take()).errorMsg).toBe('Failed to parse the payload');
  });

  test('binary frames are passed over', async () => {
    const client = await LiveClient.open(running.port, '/api/ws');
    client.socket.send(Buffer.from('hello'), { binary: true });
    client.send({ authCmd: { token: running.tokens.one } });
    expect(await client.takeAll()).toEqual([]);
  });

  test('a frame that breaks the protocol ends its socket only', async () => {
    const client = await LiveClient.open(running.port, `/api/ws?token=${running.tokens.one}`);
    const raw = (client.socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket;
    raw.write(Buffer.from([0xff, 0xff, 0xff, 0xff]));
    expect((await client.closed).code).toBe(1002);
    await (await LiveClient.open(running.port, `/api/ws?token=${running.tokens.one}`)).takeAll();
  });

  test('pings go out; whoever answers stays, whoever does not is closed with 4500 after thirty seconds', async () => {
    const mute = await LiveClient.open(running.port, `/api/ws?token=${running.tokens.one}`, { autoPong: false });
    const lively = await LiveClient.open(running.port, `/api/ws?token=${running.tokens.one}`);
    for (let pings = 1; pings <= 3; pings++) {
      running.clock.pass(10_000);
      await lively.until(() => lively.pings === pings);
      // The pong of the lively one is on its way before this frame, and handled before its answer.
      expect(await lively.takeAll()).toEqual([]);
    }
    expect(mute.socket.readyState).toBe(mute.socket.OPEN);
    running.clock.pass(10_000);
    expect((await mute.closed).code).toBe(4500);
    await until(() => running.live.size === 1);
    expect(await lively.takeAll()).toEqual([]);
  });

  test('the server says good-bye with 1001 and leaves no timer behind', async () => {
    const signedIn = await LiveClient.open(running.port, `/api/ws?token=${running.tokens.one}`);
    const waiting = await LiveClient.open(running.port, '/api/ws');
    await signedIn.takeAll();
    await running.close();
    expect([(await signedIn.closed).code, (await waiting.closed).code]).toEqual([1001, 1001]);
    expect([running.live.size, running.rights.size]).toEqual([0, 0]);
    expect(running.clock.timers).toBe(0);
  });
});
