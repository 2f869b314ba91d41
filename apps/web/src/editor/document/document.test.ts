import { SECRET_MISSING, SECRET_SET } from '@fieldline/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RuleChainMetadata } from '../../api/wire.js';
import { type ChainDocument, connectionKey, emptyDocument } from './chain-document.js';
import { type Change, applyChange, inverseOf } from './change.js';
import { copyText, paste } from './clipboard.js';
import { differenceBetween, isUnchanged, runtimeChangeCount } from './difference.js';
import { type NewNode, type Refusal, addNode, connect, editNode, isRefusal, moveNodes, remove, renameRelation, setFirstNode } from './edits.js';
import { emptyHistory, remember, stepBack, stepForward } from './history.js';
import { HISTORY_STEPS_MAX, PASTE_CHARACTERS_MAX, TYPING_PAUSE_MS } from './limits.js';
import { keysAfterSave, readMetadata, writeMetadata } from './metadata.js';

const node = (name: string, x = 0): NewNode => ({
  type: 'filter',
  name,
  configurationVersion: 0,
  configuration: { key: name },
  x,
  y: 0,
  hasInput: true,
});

/** Applies edits one after the other; a refused one fails the test that made it. */
function edited(start: ChainDocument, ...edits: ((document: ChainDocument) => Change | Refusal)[]): ChainDocument {
  return edits.reduce((document, edit) => {
    const change = edit(document);
    if (isRefusal(change)) throw new Error(change.refused);
    return applyChange(document, change);
  }, start);
}

const pair = () =>
  edited(
    emptyDocument,
    (d) => addNode(d, 'a', node('A')),
    (d) => addNode(d, 'b', node('B', 300)),
  );
const triple = () => edited(pair(), (d) => addNode(d, 'c', node('C', 600)));

describe('connections', () => {
  test('several relations may lead from one node to another', () => {
    const document = edited(
      pair(),
      (d) => connect(d, { from: 'a', to: 'b', type: 'True' }),
      (d) => connect(d, { from: 'a', to: 'b', type: 'False' }),
    );
    expect([...document.connections.values()].map((connection) => connection.type)).toEqual(['True', 'False']);
  });

  test.each([
    { from: 'a', to: 'b', type: 'success', why: 'relations are compared without case' },
    { from: 'a', to: 'a', type: 'Success', why: 'a node cannot lead to itself' },
    { from: 'b', to: 'a', type: 'Success', why: 'two nodes cannot circle' },
    { from: 'c', to: 'a', type: 'Failure', why: 'three nodes cannot circle' },
    { from: 'a', to: 'b', type: ' ', why: 'a relation needs a name' },
    { from: 'a', to: 'gone', type: 'Success', why: 'both ends must exist' },
  ])('refused: $why', ({ from, to, type }) => {
    const document = edited(
      triple(),
      (d) => connect(d, { from: 'a', to: 'b', type: 'Success' }),
      (d) => connect(d, { from: 'b', to: 'c', type: 'Success' }),
    );
    expect(isRefusal(connect(document, { from, to, type }))).toBe(true);
  });

  test('renaming a relation changes only its case where that is wanted', () => {
    const start = edited(pair(), (d) => connect(d, { from: 'a', to: 'b', type: 'hot' }));
    const document = edited(start, (d) => renameRelation(d, { from: 'a', to: 'b', type: 'hot' }, 'Hot'));
    expect([...document.connections.values()]).toEqual([{ from: 'a', to: 'b', type: 'Hot' }]);
  });
});

describe('nodes', () => {
  test('the first node takes the messages, later ones do not', () => {
    expect(pair().firstNode).toBe('a');
  });

  test('deleting a node takes its connections and the input with it', () => {
    const start = edited(
      triple(),
      (d) => connect(d, { from: 'a', to: 'b', type: 'True' }),
      (d) => connect(d, { from: 'b', to: 'c', type: 'True' }),
    );
    const document = edited(start, (d) => remove(d, { nodes: new Set(['a']), connections: new Set() }));
    expect([...document.nodes.keys()]).toEqual(['b', 'c']);
    expect([...document.connections.values()]).toEqual([{ from: 'b', to: 'c', type: 'True' }]);
    expect(document.firstNode).toBeUndefined();
  });

  test('an edit leaves every other node the same object', () => {
    const start = triple();
    const document = edited(start, (d) => editNode(d, 'b', { name: 'Other' }, 'name'));
    expect(document.nodes.get('a')).toBe(start.nodes.get('a'));
    expect(document.nodes.get('b')?.name).toBe('Other');
  });
});

describe('history', () => {
  const typed = (document: ChainDocument, text: string): Change => {
    const change = editNode(document, 'a', { name: text }, 'name');
    if (isRefusal(change)) throw new Error(change.refused);
    return change;
  };

  test('typing without a pause is one step, undone at once', () => {
    let document = pair();
    let history = emptyHistory;
    for (const [index, text] of ['H', 'Ho', 'Hot'].entries()) {
      const change = typed(document, text);
      document = applyChange(document, change);
      history = remember(history, change, 1000 + index * (TYPING_PAUSE_MS - 1));
    }
    expect(history.undoable).toHaveLength(1);
    const step = stepBack(history);
    expect(step && applyChange(document, inverseOf(step.undone)).nodes.get('a')?.name).toBe('A');
  });

  test('a pause begins a new step', () => {
    const document = pair();
    const first = remember(emptyHistory, typed(document, 'H'), 1000);
    expect(remember(first, typed(document, 'Ho'), 1000 + TYPING_PAUSE_MS).undoable).toHaveLength(2);
  });

  test('a new step forgets what was undone', () => {
    const document = pair();
    const undone = stepBack(remember(emptyHistory, typed(document, 'H'), 0));
    expect(undone?.history.redoable).toHaveLength(1);
    expect(undone && remember(undone.history, typed(document, 'X'), 0).redoable).toEqual([]);
  });

  test('of two changes to one place in a step, the later is undone first', () => {
    const start = pair();
    const change: Change = {
      label: 'twice',
      patches: [
        { kind: 'firstNode', before: 'a', after: 'b' },
        { kind: 'firstNode', before: 'b', after: undefined },
      ],
    };
    expect(applyChange(applyChange(start, change), inverseOf(change)).firstNode).toBe('a');
  });

  test('the oldest step is forgotten at the bound', () => {
    let history = emptyHistory;
    for (let step = 0; step <= HISTORY_STEPS_MAX; step += 1) history = remember(history, { label: String(step), patches: [] }, 0);
    expect(history.undoable).toHaveLength(HISTORY_STEPS_MAX);
    expect(history.undoable[0]?.label).toBe('1');
  });

  test('undoing every step restores the start, redoing every step restores the end', () => {
    const step = fc.record({ kind: fc.constantFrom('add', 'move', 'name', 'connect', 'remove', 'first', 'relation'), a: fc.nat(5), b: fc.nat(5) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const start = triple();
        let document: ChainDocument = start;
        let history = emptyHistory;
        for (const { kind, a, b } of steps) {
          const change = editFor(document, kind, a, b);
          if (change === undefined || isRefusal(change)) continue;
          document = applyChange(document, change);
          history = remember(history, change, history.touchedAtMs + 100);
        }
        const end = document;
        for (let back = stepBack(history); back !== undefined; back = stepBack(history)) {
          document = applyChange(document, inverseOf(back.undone));
          history = back.history;
        }
        expect(plain(document)).toEqual(plain(start));
        for (let forward = stepForward(history); forward !== undefined; forward = stepForward(history)) {
          document = applyChange(document, forward.redone);
          history = forward.history;
        }
        expect(plain(document)).toEqual(plain(end));
      }),
    );
  });
});

function editFor(document: ChainDocument, kind: string, a: number, b: number): Change | Refusal | undefined {
  const keys = [...document.nodes.keys()];
  const [from, to] = [keys[a % (keys.length || 1)], keys[b % (keys.length || 1)]];
  if (kind === 'add') return addNode(document, `new-${document.nodes.size}-${a}-${b}`, node('N'));
  if (from === undefined || to === undefined) return undefined;
  if (kind === 'move')
    return moveNodes(
      document,
      new Map([
        [from, { x: b * 8, y: a }],
        [to, { x: a, y: b }],
      ]),
    );
  if (kind === 'name') return editNode(document, from, { name: `name ${b}` }, 'name');
  if (kind === 'connect') return connect(document, { from, to, type: b % 2 === 0 ? 'True' : 'False' });
  if (kind === 'remove') return remove(document, { nodes: new Set([from]), connections: new Set() });
  if (kind === 'first') return setFirstNode(document, to);
  const [connection] = document.connections.values();
  return connection && renameRelation(document, connection, `R${b}`);
}

/** A document as plain data, without regard to the order in which its parts were added. */
function plain(document: ChainDocument) {
  return {
    nodes: Object.fromEntries(document.nodes),
    connections: Object.fromEntries(document.connections),
    firstNode: document.firstNode,
  };
}

describe('the wire form', () => {
  const wire: RuleChainMetadata = {
    ruleChainId: { id: 'chain' },
    version: 3,
    firstNodeIndex: 1,
    nodes: [
      {
        id: { id: 'n0' },
        type: 'save',
        name: 'Save',
        configuration: { ttl: 0 },
        additionalInfo: { layoutX: 10, layoutY: 20, colour: 'mine' },
      },
      { id: { id: 'n1' }, type: 'switch', name: 'Switch', configuration: {}, additionalInfo: null },
    ],
    connections: [{ fromIndex: 1, toIndex: 0, type: 'Post telemetry' }],
    notes: [{ id: 'note', content: '# hi', markdownCss: 'kept' }],
  };

  test('what is loaded and saved unchanged keeps ids, first node, connections, notes and unknown members', () => {
    const written = writeMetadata('chain', readMetadata(wire));
    expect(written).toMatchObject({ version: 3, firstNodeIndex: 1, connections: wire.connections, notes: wire.notes });
    expect(written.nodes[0]).toMatchObject({
      id: { id: 'n0' },
      configuration: { ttl: 0 },
      additionalInfo: { layoutX: 10, layoutY: 20, colour: 'mine' },
    });
  });

  test('a saved node keeps its key although the answer is sorted otherwise and brings its id', () => {
    const loaded = readMetadata(wire);
    const draft = { ...loaded, document: edited(loaded.document, (d) => addNode(d, 'mine', node('New'))) };
    const sent = writeMetadata('chain', draft);
    expect(sent.nodes[2]?.id).toBeUndefined();
    const answer = { ...sent, nodes: sent.nodes.map((n, i) => ({ ...n, id: { id: `n${i}` } })).reverse(), connections: [] };
    const saved = readMetadata(answer, keysAfterSave(draft));
    expect(saved.serverIds.get('mine')).toBe('n2');
    expect([...saved.document.nodes.keys()].sort()).toEqual(['mine', 'n0', 'n1']);
  });

  test('a node that a save removed is created anew when undo brings it back', () => {
    const loaded = readMetadata(wire);
    const afterSave = { ...loaded, serverIds: new Map([['n1', 'n1']]) };
    expect(writeMetadata('chain', afterSave).nodes[0]?.id).toBeUndefined();
  });
});

describe('the difference to what is deployed', () => {
  test('undone edits leave none, whatever the order of members', () => {
    const deployed = pair();
    const draft = edited(deployed, (d) => editNode(d, 'a', { configuration: { y: 1, x: 2 } }, 'x'));
    const again = edited(draft, (d) => editNode(d, 'a', { configuration: { key: 'A' } }, 'x'));
    expect(isUnchanged(differenceBetween(deployed, draft))).toBe(false);
    expect(isUnchanged(differenceBetween(deployed, again))).toBe(true);
    const reordered = edited(draft, (d) => editNode(d, 'a', { configuration: { x: 2, y: 1 } }, 'x'));
    expect(isUnchanged(differenceBetween(draft, reordered))).toBe(true);
  });

  test('moving a node changes nothing that runs', () => {
    const draft = edited(pair(), (d) => moveNodes(d, new Map([['a', { x: 8, y: 8 }]])));
    const difference = differenceBetween(pair(), draft);
    expect(runtimeChangeCount(difference)).toBe(0);
    expect(difference.moved).toHaveLength(1);
  });
});

describe('the clipboard', () => {
  const keysFrom = (prefix: string) => {
    let count = 0;
    return () => `${prefix}${(count += 1)}`;
  };

  test('a pasted part has new keys and numbers and its inner connections', () => {
    const document = edited(
      triple(),
      (d) => connect(d, { from: 'a', to: 'b', type: 'True' }),
      (d) => connect(d, { from: 'b', to: 'c', type: 'True' }),
    );
    const text = copyText(document, new Set(['a', 'b']));
    const result = paste(document, text, { newKey: keysFrom('p'), at: { x: 1000, y: 0 } });
    if (isRefusal(result)) throw new Error(result.refused);
    const after = applyChange(document, result);
    expect(result.keys).toEqual(['p1', 'p2']);
    expect(after.nodes.get('p2')).toMatchObject({ number: 5, name: 'B', configuration: { key: 'B' } });
    expect(after.connections.has(connectionKey({ from: 'p1', to: 'p2', type: 'True' }))).toBe(true);
    expect(after.connections.size).toBe(3);
  });

  test('a copy has none of the secrets of the original', () => {
    const document = edited(pair(), (d) => editNode(d, 'a', { configuration: { host: 'h', password: SECRET_SET } }, 'password'));
    const result = paste(document, copyText(document, new Set(['a'])), { newKey: keysFrom('p') });
    if (isRefusal(result)) throw new Error(result.refused);
    const after = applyChange(document, result);
    expect(after.nodes.get('p1')?.configuration).toEqual({ host: 'h', password: SECRET_MISSING });
    expect(after.nodes.get('a')?.configuration).toEqual({ host: 'h', password: SECRET_SET });
  });

  test('a chain exported by ThingsBoard can be pasted', () => {
    const exported = JSON.stringify({
      ruleChain: { name: 'Theirs' },
      metadata: {
        firstNodeIndex: 0,
        nodes: [
          { type: 'x', name: 'One', configuration: {}, additionalInfo: { layoutX: 1, layoutY: 2 } },
          { type: 'y', name: 'Two', configuration: {} },
        ],
        connections: [{ fromIndex: 0, toIndex: 1, type: 'Success' }],
      },
    });
    const result = paste(emptyDocument, exported, { newKey: keysFrom('t') });
    if (isRefusal(result)) throw new Error(result.refused);
    expect(applyChange(emptyDocument, result).connections.size).toBe(1);
  });

  test.each(['', 'hello', '{}', '{"nodes":[]}', '{"nodes":[1]}', '{"nodes":[{"type":"x"}]}', '[]', 'null'])('%j is no part of a chain', (text) => {
    expect(isRefusal(paste(emptyDocument, text, { newKey: keysFrom('t') }))).toBe(true);
  });

  test('text beyond the bound is refused unread', () => {
    const result = paste(emptyDocument, ' '.repeat(PASTE_CHARACTERS_MAX + 1), { newKey: keysFrom('t') });
    expect(result).toEqual({ refused: 'The clipboard holds more than a rule chain can.' });
  });
});
