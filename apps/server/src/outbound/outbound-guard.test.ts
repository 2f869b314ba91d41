// Goal: rule nodes reach public addresses and what the operator lists, and nothing else, however it is spelt. Method: every
// special range with its neighbours, odd spellings through URL and guard as a call takes them, and any address at random,
// judged a second time by the list of ranges of node:net.
import fc from 'fast-check';
import { BlockList, isIP } from 'node:net';
import { describe, expect, it, test } from 'vitest';
import { parseAllowList } from './allow-list.js';
import { OutboundGuard } from './outbound-guard.js';

const clock = { after: () => () => undefined };
const listOf = (text: string) => {
  const list = parseAllowList(text);
  if ('fault' in list) throw new Error(`${list.fault} is no entry`);
  return list;
};
const guardWith = (allowed: string, names: Readonly<Record<string, readonly string[]>> = {}) =>
  new OutboundGuard({
    allowed: listOf(allowed),
    clock,
    resolve: async (host) => {
      const found = names[host.toLowerCase().replace(/\.$/, '')];
      if (found === undefined) throw new Error('ENOTFOUND');
      return found;
    },
  });
/** What became of it: an address, or the code. */
const reached = (guard: OutboundGuard, host: string, port = 80): Promise<string> =>
  guard.reach(host, port).then(
    ({ address }) => address,
    (error: { code: string }) => error.code,
  );

/** The special ranges of IPv4 and IPv6 by the registries of IANA (RFC 6890), written down a second time. */
const special = new BlockList();
for (const range of [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24'],
  ...['192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4', '192.88.99.0/24'],
]) {
  const [net = '', bits] = range.split('/');
  special.addSubnet(net, Number(bits), 'ipv4');
}

describe('the guard', () => {
  it.each([
    ...['127.0.0.1', '127.255.255.255', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0'],
    ...['224.0.0.1', '255.255.255.255', '198.18.0.1', '192.0.2.1', '::1', '::', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'fc00::1', 'fd12::1'],
    ...['ff02::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '::127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::1', '2001::1', '4000::1'],
    ...['[::1]', '[::ffff:a00:1]'],
  ])('refuses %s', async (address) => {
    expect(await reached(guardWith(''), address)).toBe('OUTBOUND_REFUSED');
  });

  it.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '172.15.255.255', '192.169.0.1', '126.255.255.255', '128.0.0.1', '2606:4700:4700::1111'])(
    'lets %s pass',
    async (address) => {
      expect(await reached(guardWith(''), address)).toBe(address);
    },
  );

  it('judges a name by its addresses, and gives the one to use', async () => {
    const guard = guardWith('', { 'good.example': ['8.8.8.8'], 'evil.example': ['127.0.0.1'], 'both.example': ['10.0.0.1', '2606:4700::1'] });
    expect(await reached(guard, 'good.example')).toBe('8.8.8.8');
    expect(await reached(guard, 'EVIL.example.')).toBe('OUTBOUND_REFUSED');
    expect(await reached(guard, 'both.example')).toBe('2606:4700::1');
    expect(await reached(guard, 'nobody.example')).toBe('OUTBOUND_HOST_UNKNOWN');
  });

  it('does not trust a name that led to a public address before', async () => {
    const answers = [['8.8.8.8'], ['169.254.169.254']];
    const guard = new OutboundGuard({ allowed: listOf(''), clock, resolve: async () => answers.shift() ?? [] });
    expect([await reached(guard, 'rebinding.example'), await reached(guard, 'rebinding.example')]).toEqual(['8.8.8.8', 'OUTBOUND_REFUSED']);
  });

  it('says which entry would let it pass, and lets it pass with that entry', async () => {
    const names = { 'kafka.internal': ['10.0.0.5'] };
    for (const host of ['kafka.internal', '127.0.0.1', '::1', 'KAFKA.internal.']) {
      const error = await guardWith('', names)
        .reach(host, 9092)
        .catch((refused: unknown) => refused as { remedy: string });
      const entry = /add (\S+) to FIELDLINE_OUTBOUND_ALLOW/.exec('remedy' in error ? error.remedy : '')?.[1] ?? '';
      expect(await reached(guardWith(entry, names), host, 9092)).not.toMatch(/^OUTBOUND/);
      expect(await reached(guardWith(entry, names), host, 9093)).toBe('OUTBOUND_REFUSED');
    }
  });

  it('takes hosts, ports and ranges from the list', async () => {
    const names = { localhost: ['127.0.0.1'], db: ['192.168.7.7'] };
    const guard = guardWith('localhost, 10.0.0.0/8 fd00::/8,192.168.7.7:5432 [::1]:80', names);
    expect(await reached(guard, 'localhost', 1)).toBe('127.0.0.1');
    expect(await reached(guard, '127.0.0.1')).toBe('OUTBOUND_REFUSED');
    expect(await reached(guard, '::ffff:10.9.9.9')).toBe('::ffff:10.9.9.9');
    expect(await reached(guard, 'fd99::1')).toBe('fd99::1');
    expect([await reached(guard, 'db', 5432), await reached(guard, 'db', 22)]).toEqual(['192.168.7.7', 'OUTBOUND_REFUSED']);
    expect([await reached(guard, '0:0:0:0:0:0:0:1', 80), await reached(guard, '[::1]', 81)]).toEqual(['0:0:0:0:0:0:0:1', 'OUTBOUND_REFUSED']);
  });

  it('does not wait for ever for a name', async () => {
    const fired = { after: (_name: string, _ms: number, fn: () => void) => (fn(), () => undefined) };
    const guard = new OutboundGuard({ allowed: listOf(''), clock: fired, resolve: () => new Promise(() => undefined) });
    expect(await reached(guard, 'slow.example')).toBe('OUTBOUND_HOST_UNKNOWN');
  });

  it('refuses through a proxy what it refuses itself, and leaves names that only the proxy knows to it', async () => {
    const guard = guardWith('', { internal: ['10.0.0.1'] });
    await expect(guard.reachByProxy('internal', 80)).rejects.toMatchObject({ code: 'OUTBOUND_REFUSED' });
    await guard.reachByProxy('only-the-proxy-knows.example', 80);
  });
});

// Spellings that a URL takes for an address, and tricks with what stands around it.
test.each([
  ...['http://0177.0.0.1/', 'http://0x7f.1/', 'http://2130706433/', 'http://127.1/', 'http://0/', 'http://[::ffff:127.0.0.1]/', 'http://[::1]:80/'],
  ...['http://127.0.0.1#@public.example/', 'http://127.0.0.1\\@public.example/', 'http://①②⑦.0.0.1/', 'http://127.0.0.1.:80/', 'http://0xA9FEA9FE/'],
  ...['http://127%2e0%2e0%2e1/', 'http://１２７.0.0.1/', 'http:/127.0.0.1/', 'http:\\\\127.0.0.1/'],
])('%s leads to a refused address', async (text) => {
  const { hostname } = new URL(text);
  expect(await reached(guardWith('', { 'public.example': ['8.8.8.8'] }), hostname)).toBe('OUTBOUND_REFUSED');
});

test('any address of IPv4 passes exactly if no special range has it, in every spelling', async () => {
  const near = fc.constantFrom(0, 9, 10, 11, 99, 100, 101, 126, 127, 128, 168, 169, 170, 171, 172, 173, 191, 192, 193, 198, 203, 223, 224, 255);
  const second = fc.constantFrom(0, 15, 16, 17, 18, 19, 20, 31, 32, 51, 63, 64, 88, 127, 128, 167, 168, 169, 254, 255);
  const address = fc.tuple(
    fc.oneof(near, fc.nat(255)),
    fc.oneof(second, fc.nat(255)),
    fc.oneof(fc.constantFrom(0, 2, 99, 100, 113), fc.nat(255)),
    fc.nat(255),
  );
  // Two ranges that the registries call special and public at once: refused is the safe answer.
  const alsoRefused = /^192\.(31\.196|52\.193|175\.48)\./;
  await fc.assert(
    fc.asyncProperty(address, async (bytes) => {
      const plain = bytes.join('.');
      const isPublic = !special.check(plain) && !alsoRefused.test(plain);
      const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
      const octal = bytes.map((byte) => `0${byte.toString(8)}`).join('.');
      const spellings = [plain, `http://${octal}`, `http://${number}`, `http://0x${number.toString(16)}`, `http://[::ffff:${plain}]`];
      for (const spelling of spellings) {
        const host = spelling.startsWith('http') ? new URL(spelling).hostname : spelling;
        expect(await reached(guardWith(''), host)).toBe(isPublic ? host.replace(/[[\]]/g, '') : 'OUTBOUND_REFUSED');
      }
      expect(await reached(guardWith('', { 'a.example': [plain] }), 'a.example')).toBe(isPublic ? plain : 'OUTBOUND_REFUSED');
    }),
    { numRuns: 300 },
  );
});

test('any text as a host gives an address or a coded error, and never an address that is not public', async () => {
  const part = fc.constantFrom('127.0.0.1', '::1', '[', ']', '%', '@', ':', '.', '/', '0x', 'localhost', '%00', '\u0000', ' ', '\n', 'é', '1', '٣');
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 6 }), async (parts) => {
      const answer = await reached(guardWith(''), parts.join(''));
      expect(answer).toMatch(/^OUTBOUND_(REFUSED|HOST_UNKNOWN)$/);
    }),
  );
});

describe('FIELDLINE_OUTBOUND_ALLOW', () => {
  it.each([
    '10.0.0.0/33',
    'a/8',
    'host:0',
    'host:65536',
    'host:80:90',
    '[::1',
    '0177.0.0.1',
    '127.1',
    '0x7f.0.0.1',
    'http://host',
    'a b:x',
    '-host',
    '*',
  ])('refuses %s', (text) => {
    expect(parseAllowList(text)).toHaveProperty('fault');
  });

  it('takes any list of its entries, and any other text without trouble', () => {
    const entry = fc.oneof(
      fc.ipV4(),
      fc.ipV6().filter((address) => isIP(address) === 6),
      fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, bits]) => `${address}/${bits}`),
      fc.tuple(fc.domain(), fc.integer({ min: 1, max: 65_535 })).map(([host, port]) => `${host}:${port}`),
    );
    fc.assert(fc.property(fc.array(entry), (entries) => void expect(parseAllowList(entries.join(', '))).not.toHaveProperty('fault')));
    fc.assert(fc.property(fc.string(), (text) => void parseAllowList(text)));
  });

  it('has a bound', () => {
    expect(parseAllowList('a,'.repeat(1_001))).toHaveProperty('fault');
  });
});
