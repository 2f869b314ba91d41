// Goal: figures of a rule chain come at once and then at most once a second while they change, to whoever may read the chain, and
// however many watch, the engine is asked once a second for each chain. Method: a real server whose clock the test moves, and
// accounts as an engine would give them.
import type { TenantId } from '@fieldline/model';
import type { ChainLedger } from '@fieldline/ports';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LEDGER_EVERY_MS, LEDGERS_PER_SOCKET_MAX, LEDGERS_PER_TENANT_MAX } from './limits.js';
import { LiveClient, type RunningLive, startLive } from './live.fixture.js';

let running: RunningLive;
let client: LiveClient;
let chainId: string;
beforeEach(async () => {
  running = await startLive();
  chainId = await chainOf(running.tenants.one);
  client = await open();
});
afterEach(() => running.close());

const open = (token = running.tokens.one, path = '/api/ws') => LiveClient.open(running.port, `${path}?token=${token}`);
const chainOf = async (tenantId: TenantId): Promise<string> => (await running.entities.findAll('ruleChain', tenantId, {}, 1))[0]?.id ?? '';
const watch = (cmdId: number, ruleChainId = chainId) => ({ type: 'RULE_CHAIN_LEDGER', cmdId, ruleChainId });
const end = (cmdId: number) => ({ type: 'RULE_CHAIN_LEDGER_UNSUBSCRIBE', cmdId });
const denied = (subscriptionId: number) => ({ subscriptionId, errorCode: 3, errorMsg: 'Unauthorized', data: null, latestValues: {} });

/** Lets the engine know an account of so many messages. */
function count(entered: number, ruleChainId = chainId, tenantId = running.tenants.one): void {
  const zero = { made: 0, ended: entered, unconnected: 0, failed: 0, returned: 0, called: 0, waiting: 0 };
  const account: ChainLedger = { ruleChainId, tenantId, name: 'Root', version: 1, sinceMs: 5, entered, ...zero, nodes: [] };
  running.accounts.set(ruleChainId, account);
}
/** What came, as `[cmdId, entered]`; `null` for an account that is not there. */
async function figures(of = client): Promise<unknown[]> {
  const frames = (await of.takeAll()) as unknown as { cmdId: number; cmdUpdateType: string; data: { entered: number } | null }[];
  return frames.map(({ cmdId, cmdUpdateType, data }) => {
    expect(cmdUpdateType).toBe('RULE_CHAIN_LEDGER');
    return [cmdId, data === null ? null : data.entered];
  });
}

test('the figures come at once, then each second if they changed, until the command ends', async () => {
  count(1);
  client.send({ cmds: [watch(7)] });
  expect(await client.take()).toMatchObject({ cmdId: 7, cmdUpdateType: 'RULE_CHAIN_LEDGER', data: { ruleChainId: chainId, entered: 1, nodes: [] } });
  count(2);
  expect(await figures()).toEqual([]);
  running.clock.pass(LEDGER_EVERY_MS);
  expect(await figures()).toEqual([[7, 2]]);
  running.clock.pass(LEDGER_EVERY_MS);
  expect(await figures()).toEqual([]);
  client.send({ cmds: [end(7)] });
  count(3);
  await client.takeAll();
  running.clock.pass(LEDGER_EVERY_MS);
  expect(await figures()).toEqual([]);
});

test('many who watch cost one question a second, also those who come and go within it', async () => {
  count(1);
  const second = await open();
  client.send({ cmds: [watch(1), watch(2)] });
  expect(await figures()).toEqual([
    [1, 1],
    [2, 1],
  ]);
  for (const cmdId of [3, 4]) {
    second.send({ cmds: [watch(cmdId)] });
    expect(await figures(second)).toEqual([[cmdId, 1]]);
    second.send({ cmds: [end(cmdId)] });
  }
  await second.takeAll();
  expect(running.asked).toEqual([chainId]);
  running.clock.pass(LEDGER_EVERY_MS);
  await client.takeAll();
  expect(running.asked).toEqual([chainId, chainId]);
  // When nobody watches any more, nobody asks.
  await client.close();
  while (running.live.size > 1) await new Promise((resolve) => setTimeout(resolve, 5));
  for (let n = 0; n < 3; n += 1) running.clock.pass(LEDGER_EVERY_MS);
  await second.takeAll();
  expect(running.asked).toHaveLength(2);
});

test('a chain that does not run has no figures, until it does', async () => {
  client.send({ cmds: [watch(1)] });
  expect(await figures()).toEqual([[1, null]]);
  count(5);
  running.clock.pass(LEDGER_EVERY_MS);
  expect(await figures()).toEqual([[1, 5]]);
});

test('others may not watch, and whoever may loses it with the chain', async () => {
  count(1);
  const customer = await running.addCustomer('customer');
  for (const token of [running.tokens.two, running.tokens.system, customer.token]) {
    const stranger = await open(token);
    stranger.send({ cmds: [watch(1), watch(2, 'no id')] });
    const answers = await stranger.takeAll();
    expect(answers.sort((a, b) => a.subscriptionId - b.subscriptionId)).toEqual([denied(1), denied(2)]);
  }
  const { id } = (await running.call(running.tokens.one, 'POST', '/api/ruleChain', { name: 'Short-lived' })) as { id: { id: string } };
  count(8, id.id);
  client.send({ cmds: [watch(1), watch(2, id.id.toUpperCase())] });
  expect((await figures()).sort()).toEqual([
    [1, 1],
    [2, 8],
  ]);
  await running.call(running.tokens.one, 'DELETE', `/api/ruleChain/${id.id}`);
  expect(await client.takeAll()).toEqual([denied(2)]);
  count(2);
  count(9, id.id);
  running.clock.pass(LEDGER_EVERY_MS);
  expect(await figures()).toEqual([[1, 2]]);
});

test('an engine that does not answer ends the command with an error; asked again, it may answer', async () => {
  count(1);
  running.hooks.beforeRead = () => Promise.reject(new Error('the engine has ended'));
  client.send({ cmds: [watch(1)] });
  expect(await client.take()).toMatchObject({ subscriptionId: 1, errorCode: 1 });
  expect(running.logged).toEqual(['live-command-failed']);
  running.hooks.beforeRead = () => Promise.resolve();
  client.send({ cmds: [watch(1)] });
  expect(await figures()).toEqual([[1, 1]]);
});

test('a socket watches so many chains and no more, and so does a tenant', async () => {
  const chains = await Promise.all(
    Array.from({ length: LEDGERS_PER_TENANT_MAX }, async (_, n) => {
      const { id } = (await running.call(running.tokens.one, 'POST', '/api/ruleChain', { name: `Chain ${n}` })) as { id: { id: string } };
      return id.id;
    }),
  );
  const full: LiveClient[] = [];
  for (let first = 0; first < chains.length; first += LEDGERS_PER_SOCKET_MAX) {
    const one = await open();
    one.send({ cmds: chains.slice(first, first + LEDGERS_PER_SOCKET_MAX).map((id, n) => watch(n, id)) });
    expect(await figures(one)).toHaveLength(LEDGERS_PER_SOCKET_MAX);
    full.push(one);
  }
  full[0]?.send({ cmds: [watch(LEDGERS_PER_SOCKET_MAX)] });
  expect((await full[0]?.take())?.errorMsg).toContain(`${LEDGERS_PER_SOCKET_MAX} rule chains are watched by this socket`);
  client.send({ cmds: [watch(1), watch(2, chains[0])] });
  expect((await client.takeAll()).find(({ errorCode }) => errorCode === 1)?.errorMsg).toContain(
    `${LEDGERS_PER_TENANT_MAX} rule chains are watched by this tenant`,
  );
  // A place is free when somebody ended a command, and the second in which the engine was asked is over.
  full[0]?.send({ cmds: [end(0), watch(0, chains[1])] });
  expect(await figures(full[0])).toEqual([[0, null]]);
  client.send({ cmds: [end(2)] });
  await client.takeAll();
  running.clock.pass(LEDGER_EVERY_MS);
  count(4);
  client.send({ cmds: [watch(3)] });
  expect(await figures()).toEqual([[3, 4]]);
});

test.each([
  [{ type: 'RULE_CHAIN_LEDGER', cmdId: -1, ruleChainId: 'x' }, -1, 'Cmd id is negative value!'],
  [{ type: 'RULE_CHAIN_LEDGER', cmdId: 1, ruleChainId: '' }, 1, 'Rule chain id is empty!'],
  [{ type: 'RULE_CHAIN_LEDGER', cmdId: 1 }, 1, 'Failed to parse the payload'],
])('%o is refused', async (command, subscriptionId, errorMsg) => {
  client.send({ cmds: [command] });
  expect(await client.take()).toEqual({ subscriptionId, errorCode: 2, errorMsg, data: null, latestValues: {} });
});

test('the older path has no such command, and an unknown one ends nothing', async () => {
  count(1);
  client.send({ cmds: [watch(1), end(99)] });
  expect(await figures()).toEqual([[1, 1]]);
  const older = await open(running.tokens.one, '/api/ws/plugins/telemetry');
  older.send({ cmds: [watch(1)] });
  expect(await older.takeAll()).toEqual([]);
});
