import { expect, test } from 'vitest';
import { message, scriptStandIns } from '../testing/index.js';
import { SCRIPTS_PER_NODE_MAX } from './limits.js';
import type { ScriptCompiler } from './script-binding.js';
import { bindScripts } from './script-binding.js';

const device = { entityType: 'DEVICE', id: 'device-a' } as const;
const reading = (temperature: number) => message('POST_TELEMETRY_REQUEST', device, { temperature }, { metadata: { unit: 'C' } });

/** Counts what is compiled and disposed. */
function counted(inner: ScriptCompiler) {
  const compiled: string[] = [];
  const disposed: string[] = [];
  const compiler: ScriptCompiler = {
    compile(source) {
      compiled.push(`${source.kind} ${source.language} ${source.body}`);
      return { run: (inputs) => inner.compile(source).run(inputs), dispose: () => void disposed.push(source.body) };
    },
  };
  return { compiler, compiled, disposed };
}

test('a script is compiled once for a node, and let go with it', () => {
  const { compiler, compiled, disposed } = counted(scriptStandIns({ hot: (msg) => (msg as { temperature: number }).temperature > 20 }));
  const { service, dispose } = bindScripts(compiler);
  const settings = { scriptLang: null, jsScript: 'hot', tbelScript: 'cold' };
  service.check(settings, 'filter');
  expect(service.filter(settings, [reading(21), reading(19)])).toEqual([{ value: true }, { value: false }]);
  expect(compiled).toEqual(['filter JS hot']);
  dispose();
  expect(disposed).toEqual(['hot']);
});

test('one message that fails leaves the others alone', () => {
  const { service } = bindScripts(scriptStandIns({ t: (msg) => String((msg as { temperature: number }).temperature.toFixed(1)) }));
  const replies = service.text({ jsScript: 't' }, [reading(21), message('X', device, {}), reading(22)]);
  expect(replies.map((reply) => ('value' in reply ? reply.value : reply.problem.code))).toEqual(['21.0', 'SCRIPT_FAILED', '22.0']);
});

test('updates name only what changed, generators start from what they made before', () => {
  const { service } = bindScripts(
    scriptStandIns({
      up: () => ({ msg: { a: 1 } }),
      next: (msg) => ({ msg: { n: ((msg as { n?: number }).n ?? 0) + 1 }, msgType: 'T' }),
    }),
  );
  expect(service.update({ jsScript: 'up' }, [reading(1)])).toEqual([{ value: [{ text: '{"a":1}' }] }]);
  const first = service.generate({ jsScript: 'next' }, {});
  expect(first).toEqual({ value: { text: '{"n":1}', type: 'T' } });
  expect(service.generate({ jsScript: 'next' }, 'value' in first ? first.value : {})).toMatchObject({ value: { text: '{"n":2}' } });
});

test('extra metadata is what the script sees, message by message', () => {
  const { service } = bindScripts(scriptStandIns({ m: (_msg, metadata) => ({ ...metadata }) }));
  expect(service.json({ jsScript: 'm' }, [reading(1), reading(2)], [{ prev: 'x' }])).toEqual([
    { value: { unit: 'C', prev: 'x' } },
    { value: { unit: 'C' } },
  ]);
});

test('beyond the bound the script compiled first is let go', () => {
  const bodies = Array.from({ length: SCRIPTS_PER_NODE_MAX + 1 }, (_, n) => `b${n}`);
  const { compiler, disposed } = counted(scriptStandIns(Object.fromEntries(bodies.map((body) => [body, () => true]))));
  const { service } = bindScripts(compiler);
  for (const body of bodies) service.check({ jsScript: body }, 'filter');
  expect(disposed).toEqual(['b0']);
});
