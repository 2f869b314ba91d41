// Goal: a freshly dropped script node is written in TBEL, and switching its language changes nothing (rule-nodes.md §1).
// Method: both default scripts of every script node of the product, run by the real script engine over the same messages.
import { epochMs, type Clock } from '@fieldline/kernel';
import type { ScriptKind } from '@fieldline/ports';
import { quickJsScriptEngine } from '@fieldline/scripting';
import { afterAll, expect, test } from 'vitest';
import { loadCatalogue } from './catalogue.js';

const clock: Clock = { nowMs: () => epochMs(1_700_000_000_000), monotonicMs: () => performance.now(), after: () => () => undefined };
const engine = await quickJsScriptEngine({ clock, random: () => 0.5 });
afterAll(() => engine.dispose());

const definitions = await loadCatalogue();
const names = { JS: 'jsScript', TBEL: 'tbelScript' };
const detailsNames = { JS: 'alarmDetailsBuildJs', TBEL: 'alarmDetailsBuildTbel' };
const inputs = ['POST_TELEMETRY_REQUEST', 'POST_ATTRIBUTES_REQUEST'].map((messageType) => ({
  messageText: '{"temperature":21}',
  metadata: { deviceName: 'a', prevAlarmDetails: '{"count":1}' },
  messageType,
}));

test.each<[type: string, kind: ScriptKind, members: typeof names]>([
  ['filter.script', 'filter', names],
  ['filter.switch', 'switch', names],
  ['transform.script', 'update', names],
  ['action.generator', 'generate', names],
  ['action.log', 'string', names],
  ['action.create-alarm', 'json', detailsNames],
  ['action.clear-alarm', 'json', detailsNames],
])('%s', (type, kind, members) => {
  const defaults = definitions.find((one) => one.type === type)?.defaults as Record<string, string>;
  expect(defaults['scriptLang']).toBe('TBEL');
  const run = (language: 'TBEL' | 'JS') => engine.compile({ kind, language, body: defaults[members[language]] ?? '' }).run(inputs);
  const answers = run('TBEL');
  expect(answers.every((answer) => 'result' in answer)).toBe(true);
  expect(run('JS')).toEqual(answers);
});

test('no other node has a script', () => {
  const scripted = definitions.filter(({ defaults }) => 'scriptLang' in (defaults as object)).map(({ type }) => type);
  expect(scripted).toHaveLength(7);
});

test('no two node types share a type or a class of ThingsBoard: an import would take either', () => {
  const taken = definitions.flatMap(({ type, thingsboard }) => (thingsboard === undefined ? [type] : [type, thingsboard.className]));
  expect(taken.filter((name, place) => taken.indexOf(name) !== place)).toEqual([]);
});
