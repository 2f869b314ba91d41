import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batch, chain, message, settled, tenantId, world } from './engine.fixture.js';

// A new version takes over between batches; nothing is lost, doubled or reordered by it.

const version = (n: number, isSlow: boolean) =>
  chain('root', { first: isSlow ? 'slow' : 'note', [`v${n}`]: 'note' }, [`first -Success-> v${n}`], { version: n });

test('under load, each message runs once, in one version, in order', async () => {
  const steps = fc.array(
    fc.oneof(fc.record({ send: fc.integer({ min: 1, max: 4 }) }), fc.record({ isSlow: fc.boolean() }), fc.record({ turns: fc.nat(5) })),
    { maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (plan) => {
      const { engine, queue, seen } = world();
      await engine.deploy(version(0, true));
      await engine.start();
      const waiting: Promise<unknown>[] = [];
      let sent = 0;
      let deployed = 0;
      for (const step of plan) {
        if ('send' in step) {
          const messages = Array.from({ length: step.send }, () => message(String((sent += 1))));
          waiting.push(queue.enqueue(batch(messages)));
        } else if ('isSlow' in step) waiting.push(engine.deploy(version((deployed += 1), step.isSlow)));
        else for (let turn = 0; turn < step.turns; turn += 1) await Promise.resolve();
      }
      await Promise.all(waiting);
      const ends = seen.filter((line) => line.startsWith('v'));
      expect(ends.map((line) => Number(line.split(':')[1]))).toEqual(Array.from({ length: sent }, (_, n) => n + 1));
      const versions = ends.map((line) => Number(/\d+/.exec(line)?.[0]));
      expect(versions).toEqual([...versions].sort((a, b) => a - b));
    }),
    { numRuns: 200 },
  );
});

test('a batch that is under way ends in the version it began in', async () => {
  const { engine, seen } = world();
  await engine.deploy(version(1, true));
  const running = engine.handle(batch([message('1')]));
  await engine.deploy(version(2, true));
  await engine.handle(batch([message('2')]));
  await running;
  expect(seen.filter((line) => line.startsWith('v'))).toEqual(['v1:1', 'v2:2']);
});

test('only nodes whose type or settings changed start anew; counts go on all the same', async () => {
  const { defineRuleNode, route, z } = await import('@fieldline/plugin-sdk');
  const starts: string[] = [];
  const node = defineRuleNode({
    type: 'test.started',
    version: 1,
    category: 'action',
    title: 'S',
    summary: 'S.',
    config: z.strictObject({ x: z.int() }),
    defaults: { x: 1 },
    relationTypes: ['Success'],
    onStart: ({ nodeName, config }) => void starts.push(`${nodeName} ${config.x}`),
    onMessage: (made) => route('Success', made),
  });
  const { engine } = world({ nodes: [node] });
  const drawn = (a: number, b: number, more = {}) => chain('root', { a: ['started', { x: a }], b: ['started', { x: b }] }, ['a -Success-> b'], more);
  await engine.deploy(drawn(1, 1));
  await engine.handle(batch([message('1')]));
  await engine.deploy(drawn(1, 2, { version: 2, name: 'Renamed' }));
  await engine.handle(batch([message('2')]));
  expect(starts).toEqual(['a 1', 'b 1', 'b 2']);
  expect(await engine.ledger(tenantId, 'root')).toMatchObject({ version: 2, name: 'Renamed', nodes: [{ received: 2 }, { received: 2 }] });
});

test('scripts of a node are let go when its last batch is over, not before', async () => {
  const { defineRuleNode, route, z } = await import('@fieldline/plugin-sdk');
  const disposed: string[] = [];
  const node = defineRuleNode({
    type: 'test.scripted',
    version: 1,
    category: 'filter',
    title: 'S',
    summary: 'S.',
    relationTypes: ['Success'],
    needs: ['scripts'],
    config: z.strictObject({ jsScript: z.string() }),
    defaults: { jsScript: '' },
    onStart: ({ scripts, config }) => scripts.check(config, 'filter'),
    async onMessage(made, { scripts, config }) {
      await settled();
      scripts.filter(config, [made]);
      return route('Success', made);
    },
  });
  const compile: Parameters<typeof world>[0] = {
    nodes: [node],
    scripts: {
      compile: ({ body }) => ({ run: () => [{ result: { kind: 'filter', value: true } }], dispose: () => void disposed.push(body) }),
      dispose: () => undefined,
    },
  };
  const { engine } = world(compile);
  await engine.deploy(chain('root', { a: ['scripted', { jsScript: 'old' }] }));
  const running = engine.handle(batch([message('1')]));
  await engine.deploy(chain('root', { a: ['scripted', { jsScript: 'new' }] }));
  expect(disposed).toEqual([]);
  await running;
  expect(disposed).toEqual(['old']);
  await engine.close();
  expect(disposed).toEqual(['old', 'new']);
});

test('a chain that stops being the root stays it until another is', async () => {
  const { engine, seen } = world();
  await engine.deploy(chain('root', { a: 'note' }));
  await engine.deploy(chain('root', { a: 'note' }, [], { isRoot: false }));
  await engine.handle(batch([message('1')]));
  await engine.deploy(chain('next', { b: 'note' }, [], { isRoot: true }));
  await engine.handle(batch([message('2')]));
  expect(seen).toEqual(['a:1', 'b:2']);
});
