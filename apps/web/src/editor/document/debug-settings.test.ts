// Goal: a node says what of it is recorded and until when, as the server has decided it.
import { expect, it } from 'vitest';
import type { ChainDocument, ChainNode } from './chain-document.js';
import { debugStateOf, isDebugged, withAll, withFailures, withStoredDebug } from './debug-settings.js';

const node = (debugSettings: ChainNode['debugSettings']): ChainNode => ({
  ...{ key: 'a', number: 1, type: 't', name: 'A', configurationVersion: 0, configuration: {}, x: 0, y: 0, description: '' },
  ...{ singletonMode: false, queueName: null, additionalInfo: {}, debugSettings },
});
const document = (debugSettings: ChainNode['debugSettings']): ChainDocument => ({
  nodes: new Map([['a', node(debugSettings)]]),
  connections: new Map(),
  firstNode: 'a',
});
const asked = { failuresEnabled: false, allEnabled: true, allEnabledUntil: 0 };
const answered = { failuresEnabled: false, allEnabled: false, allEnabledUntil: 900 };

it.each([
  [null, false, 'off'],
  [asked, true, 'asked'],
  [answered, true, 'until'],
  [{ ...answered, allEnabledUntil: 100 }, false, 'off'],
  [{ ...answered, allEnabledUntil: 100, failuresEnabled: true }, true, 'off'],
])('%j', (settings, isOn, all) => {
  expect([isDebugged(node(settings), 100), debugStateOf(node(settings), 100).all.kind]).toEqual([isOn, all]);
});

it('failures and everything are switched apart', () => {
  expect(withFailures(node(answered), true)).toEqual({ ...answered, failuresEnabled: true });
  expect(withAll(node({ ...answered, failuresEnabled: true }), true)).toEqual({ ...asked, failuresEnabled: true });
  expect(withAll(node(answered), false)).toEqual({ ...asked, allEnabled: false });
});

it('takes the end from the server, unless the settings were changed since', () => {
  const sent = document(asked);
  expect(withStoredDebug(sent, sent, document(answered)).nodes.get('a')?.debugSettings).toEqual(answered);
  const later = document({ ...asked, failuresEnabled: true });
  expect(withStoredDebug(later, sent, document(answered))).toBe(later);
  expect(withStoredDebug(sent, sent, sent)).toBe(sent);
});
