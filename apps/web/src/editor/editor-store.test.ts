import { describe, expect, test } from 'vitest';
import type { ComponentDescriptor, RuleChainMetadata } from '../api/wire.js';
import { inputKey, wireId } from './canvas/view.js';
import { offeredKinds, readCatalogue, searchKinds } from './catalogue.js';
import { runtimeChangeCount } from './document/difference.js';
import { addNode, connect, editNode, moveNodes, remove } from './document/edits.js';
import { createEditorStore } from './editor-store.js';
import { freeRelations } from './relations.js';

const component = (clazz: string, name: string, over: Record<string, unknown> = {}): ComponentDescriptor => ({
  type: clazz === 'save' ? 'ACTION' : 'FILTER',
  name,
  clazz,
  configurationVersion: 0,
  configurationDescriptor: { nodeDefinition: { relationTypes: ['True', 'False', 'Failure'], defaultConfiguration: {}, ...over } },
});
const catalogue = readCatalogue([
  component('filter', 'script', {
    description: 'Lets messages through by a script.',
    configSchema: { type: 'object', properties: { period: { type: 'integer', minimum: 1 } }, required: ['period'] },
  }),
  component('save', 'save time series', { relationTypes: ['Success', 'Failure'] }),
]);

const chain: RuleChainMetadata = {
  ruleChainId: { id: 'chain' },
  version: 7,
  firstNodeIndex: 0,
  nodes: [
    { id: { id: 'a' }, type: 'filter', name: 'A', configuration: { period: 5 }, additionalInfo: { layoutX: 0, layoutY: 0 } },
    { id: { id: 'b' }, type: 'save', name: 'B', configuration: {}, additionalInfo: { layoutX: 300, layoutY: 0 } },
  ],
  connections: [{ fromIndex: 0, toIndex: 1, type: 'True' }],
};

function opened() {
  let nowMs = 0;
  const store = createEditorStore(catalogue, () => (nowMs += 10_000));
  store.getState().load(chain);
  return store;
}

const newNode = (name: string) => ({ type: 'filter', name, configurationVersion: 0, configuration: { period: 1 }, x: 600, y: 0, hasInput: true });

describe('the view', () => {
  test('draws the input, the nodes and one wire per pair with all its relations', () => {
    const store = opened();
    store.getState().edit((draft) => connect(draft, { from: 'a', to: 'b', type: 'Failure' }));
    store.getState().edit((draft) => connect(draft, { from: 'a', to: 'b', type: 'False' }));
    const { view } = store.getState();
    expect(view.nodes.map(({ id }) => id)).toEqual([inputKey, 'a', 'b']);
    expect(view.wires.map(({ id, data }) => [id, data?.relations])).toEqual([
      [wireId(inputKey, 'a'), []],
      [wireId('a', 'b'), ['False', 'True', 'Failure']],
    ]);
  });

  test('an edit of one node leaves the others the same objects', () => {
    const store = opened();
    const before = store.getState().view;
    store.getState().edit((draft) => editNode(draft, 'b', { name: 'Bee' }, 'name'));
    const after = store.getState().view;
    expect(after.nodes[1]).toBe(before.nodes[1]);
    expect(after.nodes[2]).not.toBe(before.nodes[2]);
    expect(after.wires[1]).toBe(before.wires[1]);
  });

  test('the input goes where its node goes', () => {
    const store = opened();
    store.getState().edit((draft) => moveNodes(draft, new Map([['a', { x: 800, y: 400 }]])));
    expect(store.getState().view.nodes[0]?.position).toEqual({ x: 632, y: 412 });
  });

  test('what is deleted is no longer selected', () => {
    const store = opened();
    store.getState().select({ nodes: new Set(['a', 'b']), wires: new Set([wireId('a', 'b')]) });
    store.getState().edit((draft) => remove(draft, { nodes: new Set(['b']), connections: new Set() }));
    expect(store.getState().selection).toEqual({ nodes: new Set(['a']), wires: new Set() });
  });
});

describe('saving', () => {
  test('after a save nothing differs, and undo still works on the nodes that got ids', () => {
    const store = opened();
    store.getState().edit((draft) => addNode(draft, 'mine', newNode('New')));
    expect(runtimeChangeCount(store.getState().difference)).toBe(1);
    const sent = store.getState().draft;
    const request = store.getState().forSaving('chain');
    expect(request.version).toBe(7);
    const nodes = request.nodes.map((node) => ({ ...node, id: node.id ?? { id: 'given' } }));
    store.getState().saved({ ...request, version: 8, nodes }, sent);
    expect(runtimeChangeCount(store.getState().difference)).toBe(0);
    expect(store.getState().forSaving('chain')).toMatchObject({ version: 8, nodes: [{}, {}, { id: { id: 'given' } }] });
    store.getState().undo();
    expect(store.getState().difference.removed.map(({ key }) => key)).toEqual(['mine']);
    store.getState().redo();
    expect(runtimeChangeCount(store.getState().difference)).toBe(0);
  });

  test('a node that got its id in one save keeps its key in the next', () => {
    const store = opened();
    store.getState().edit((draft) => addNode(draft, 'mine', newNode('New')));
    for (const version of [8, 9]) {
      const { draft } = store.getState();
      const request = store.getState().forSaving('chain');
      store.getState().saved({ ...request, version, nodes: request.nodes.map((node) => ({ ...node, id: node.id ?? { id: 'given' } })) }, draft);
    }
    expect(store.getState().forSaving('chain').nodes[2]?.id).toEqual({ id: 'given' });
  });

  test('settings that the server completes on save are no change of the draft', () => {
    const store = opened();
    const request = store.getState().forSaving('chain');
    const nodes = request.nodes.map((node) => ({ ...node, configuration: { period: 5, added: true } }));
    store.getState().saved({ ...request, version: 8, nodes }, store.getState().draft);
    expect(runtimeChangeCount(store.getState().difference)).toBe(0);
  });

  test('an edit made while the save was under way stays a change', () => {
    const store = opened();
    const sent = store.getState().draft;
    store.getState().edit((draft) => editNode(draft, 'a', { name: 'Later' }, 'name'));
    store.getState().saved({ ...chain, version: 8 }, sent);
    expect(store.getState().difference.edited.map(({ name }) => name)).toEqual(['Later']);
  });

  test('overwriting sends the version that is to be overwritten', () => {
    expect(opened().getState().forSaving('chain', 12).version).toBe(12);
  });
});

describe('problems', () => {
  test('a setting that does not fit is told at its node, with the number on the canvas', () => {
    const store = opened();
    store.getState().edit((draft) => remove(draft, { nodes: new Set(['a']), connections: new Set() }));
    store.getState().edit((draft) => addNode(draft, 'c', { ...newNode('Check'), configuration: { period: 0 } }));
    store.getState().check();
    const [problem] = store.getState().problems.filter(({ code }) => code === 'E101');
    expect(problem).toMatchObject({ nodeId: 'c', message: '#3 "Check" cannot start: Period is 0; it must be at least 1.' });
    expect(store.getState().view.nodes.find(({ id }) => id === 'c')?.data).toMatchObject({ level: 'error' });
  });

  test('a refused edit says why and changes nothing', () => {
    const store = opened();
    expect(store.getState().edit((draft) => connect(draft, { from: 'b', to: 'a', type: 'Success' }))).toBe(false);
    expect(store.getState().refusal).toContain('circle');
    expect(store.getState().history.undoable).toEqual([]);
  });
});

describe('the palette', () => {
  test.each([
    { text: 'scr', first: 'filter' },
    { text: 'if', first: 'filter' },
    { text: 'store', first: 'save' },
    { text: 'time save', first: 'save' },
  ])('"$text" finds $first', ({ text, first }) => {
    expect(searchKinds(catalogue.kinds, text)[0]?.type).toBe(first);
  });

  const kinds = readCatalogue([
    component('org.thingsboard.rule.engine.kafka.TbKafkaNode', 'Streams', { nodeType: 'kafka.kafka' }),
    component('acme.modbus', 'Read coils', { nodeType: 'acme.modbus', plugin: 'acme-modbus' }),
    component('org.thingsboard.rule.engine.delay.TbMsgDelayNode', 'Delay', { deprecated: 'Use deduplication.' }),
    component('org.thingsboard.rule.engine.aws.sns.TbSnsNode', 'AWS SNS', { needsPlugin: 'aws' }),
  ]).kinds;
  test.each(['TbKafkaNode', 'tb kafka', 'kafka.kafka', 'streams'])('"%s" finds a node by its names here and in ThingsBoard', (text) => {
    expect(searchKinds(kinds, text).map(({ title }) => title)).toEqual(['Streams']);
  });

  test('a kind is found by the plugin it comes with, or needs', () => {
    expect([searchKinds(kinds, 'acme-modbus'), searchKinds(kinds, 'aws')].flat().map(({ title }) => title)).toEqual(['Read coils', 'AWS SNS']);
  });

  test('a deprecated kind is not offered; a node of it warns, as one whose plugin is missing', () => {
    expect(offeredKinds(kinds).map(({ title }) => title)).toEqual(['AWS SNS', 'Read coils', 'Streams']);
    const store = createEditorStore(
      readCatalogue([component('old', 'Old', { deprecated: 'Use it no more.' }), component('far', 'Far', { needsPlugin: 'p' })]),
      () => 0,
    );
    const nodes = ['old', 'far'].map((type) => ({ type, name: type, configuration: {}, additionalInfo: {} }));
    store.getState().load({ ruleChainId: { id: 'c' }, firstNodeIndex: 0, nodes, connections: [{ fromIndex: 0, toIndex: 1, type: 'True' }] });
    expect(store.getState().problems.map(({ code }) => code)).toEqual(['W310', 'W311']);
  });

  test('relations that lead nowhere yet are offered first, Failure last', () => {
    const { draft } = opened().getState();
    expect(freeRelations(draft, 'a', 'b', catalogue.byType.get('filter'))).toEqual(['False', 'Failure']);
    expect(freeRelations(draft, 'a', 'elsewhere', catalogue.byType.get('filter'))).toEqual(['False', 'True', 'Failure']);
  });
});
