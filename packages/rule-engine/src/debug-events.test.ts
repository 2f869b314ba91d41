// Goal: nodes in debug mode have what entered and left them recorded as the compatible API does (rule-engine.md §9).
// Method: chains with debug settings over a recorder that keeps everything; events are compared as lines of text.
import type { RuleChain } from '@fieldline/model';
import { expect, test } from 'vitest';
import { batch, chain, message, settled, world } from './engine.fixture.js';
import { eventLine, WatchingRecorder } from './record.fixture.js';

const always = { failures: false, allUntilMs: Number.MAX_SAFE_INTEGER };
const failures = { failures: true, allUntilMs: 0 };

function debugged(drawn: RuleChain, debug: RuleChain['nodes'][number]['debug'], ...names: readonly string[]): RuleChain {
  return { ...drawn, nodes: drawn.nodes.map((node) => (names.includes(node.name) ? { ...node, debug } : node)) };
}

async function start(...chains: readonly RuleChain[]) {
  const recorder = new WatchingRecorder();
  recorder.isWanted = false;
  const made = world({ recorder });
  for (const one of chains) await made.engine.deploy(one);
  await made.engine.start();
  return { ...made, recorder, lines: () => recorder.events.map(eventLine) };
}

test('IN names the connection a message came by, OUT each relation it left by', async () => {
  const drawn = chain('root', { s: 'switch', n: 'note', m: 'note' }, ['s -A-> n', 's -b-> n', 'n -Success-> m']);
  const { engine, lines } = await start(debugged(drawn, always, 's', 'n'));
  await engine.handle(batch([message('1', { to: ['a', 'B', 'C'] }), message('2', { to: 'A' })]));
  expect(lines()).toEqual([
    'root.s IN  1',
    'root.s OUT a 1',
    'root.s OUT B 1',
    'root.s OUT C 1',
    'root.s IN  2',
    'root.s OUT A 2',
    'root.n IN a 1',
    'root.n OUT Success 1',
    'root.n IN B 1',
    'root.n OUT Success 1',
    'root.n IN A 2',
    'root.n OUT Success 2',
  ]);
});

test('the events tell what came and what left', async () => {
  const drawn = chain('root', { c: 'count', n: 'note' }, ['c -Success-> n']);
  const { engine, lines } = await start(debugged(drawn, always, 'c'));
  await engine.handle(batch([message('1')]));
  expect(lines()).toEqual(['root.c IN  1', 'root.c OUT Success 1=1']);
});

test('only failures: OUT by Failure, with the error', async () => {
  const drawn = chain('root', { s: 'switch', f: 'fail', u: 'unheard-of' }, ['s -F-> f', 's -U-> u']);
  const { engine, lines } = await start(debugged(drawn, failures, 's', 'f', 'u'));
  await engine.handle(batch([message('1', { to: 'F' }), message('2', { to: 'G' }), message('3', { to: 'U' }), message('4', { to: 'Failure' })]));
  expect(lines()).toEqual([
    'root.s OUT Failure 4',
    'root.f OUT Failure 1: On purpose.',
    'root.u OUT Failure 3: The rule node "u" is of type test.unheard-of, which is not installed.',
  ]);
});

test('what ends at a node is acknowledged, what it begins goes to the root chain', async () => {
  const drawn = chain('root', { x: 'spawn', y: 'split', e: 'end' }, ['x -Success-> y', 'y -Success-> e']);
  const { engine, lines } = await start(debugged(drawn, always, 'x', 'y', 'e'));
  await engine.handle(batch([message('1')]));
  expect(lines().slice(0, 9)).toEqual([
    'root.x IN  1',
    'root.x OUT Success 1',
    "root.x OUT To Root Rule Chain 1'",
    'root.y IN Success 1',
    'root.y OUT Success 1a',
    'root.y OUT Success 1b',
    'root.y OUT ACK 1',
    'root.e IN Success 1a',
    'root.e OUT ACK 1a',
  ]);
});

test('an output node and its caller both have the message out', async () => {
  const inner = chain('inner', { out: 'output' });
  const drawn = chain('root', { call: ['chain', { ruleChainId: 'inner' }], n: 'note' }, ['call -out-> n']);
  const { engine, lines } = await start(debugged(inner, always, 'out'), debugged(drawn, always, 'call', 'n'));
  await engine.handle(batch([message('1')]));
  expect(lines()).toEqual([
    'root.call IN  1',
    'inner.out IN  1',
    'inner.out OUT out 1',
    'root.call OUT out 1',
    'root.n IN out 1',
    'root.n OUT Success 1',
  ]);
});

test('an external node has its message in once, before the commit, and out after it', async () => {
  const drawn = chain('root', { n: 'note', r: 'external' }, ['n -Success-> r']);
  const { engine, lines } = await start(debugged(drawn, always, 'r'));
  await engine.handle(batch([message('1')]));
  await settled();
  expect(lines()).toEqual(['root.r IN Success 1', 'root.r OUT Success 1']);
});

test('a node that holds a message acknowledges it, and sends it on later', async () => {
  const drawn = chain('root', { h: 'hold', n: 'note' }, ['h -Success-> n']);
  const { engine, lines, clock } = await start(debugged(drawn, always, 'h', 'n'));
  await engine.handle(batch([message('1')]));
  expect(lines()).toEqual(['root.h IN  1', 'root.h OUT ACK 1']);
  await clock.advanceMs(1_000);
  expect(lines().slice(2)).toEqual(['root.h OUT Success 1', 'root.n IN Success 1', 'root.n OUT Success 1']);
});

test('changing what is seen of a node starts nothing anew, and the time it is seen for ends by itself', async () => {
  const drawn = chain('root', { c: 'count' });
  const { engine, lines, clock } = await start(drawn);
  await engine.handle(batch([message('1')]));
  const untilMs = clock.nowMs() + 1_000;
  await engine.deploy(debugged({ ...drawn, version: 2 }, { failures: false, allUntilMs: untilMs }, 'c'));
  await engine.handle(batch([message('2')]));
  await clock.advanceMs(1_000);
  await engine.handle(batch([message('3')]));
  expect(lines()).toEqual(['root.c IN  2', 'root.c OUT Success 2=2']);
});

test('without debug mode there are no events', async () => {
  const { engine, recorder } = await start(chain('root', { s: 'switch', f: 'fail' }, ['s -F-> f']));
  await engine.handle(batch([message('1', { to: 'F' })]));
  expect(recorder.events).toEqual([]);
});
