// npm run bench -- scripts [--smoke]
// What a script costs in the sandbox, over the same function called in this process on messages parsed the same
// way. All take turns in one run; the ratio is that of the medians for a filter in batches of 100. The same scripts
// run in TBEL, also on messages with a number such as 40.0, which cost more because JavaScript has no such number.
import { quickJsScriptEngine } from '@fieldline/scripting';
import type { CompiledScript, ScriptInput, ScriptLanguage } from '@fieldline/ports';
import { epochMs } from '@fieldline/kernel';

const isSmoke = process.argv.includes('--smoke');
const rounds = isSmoke ? 3 : 7;
const roundMs = isSmoke ? 100 : 400;
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

const filterBody = 'return msg.temperature > -50 && msg.temperature < 150;';
const transformBody = 'msg.fahrenheit = msg.temperature * 1.8 + 32; metadata.unit = "F"; return {msg: msg, metadata: metadata, msgType: msgType};';

function inputs(count: number, isFractional = false): ScriptInput[] {
  return Array.from({ length: count }, (_, place) => ({
    messageText: JSON.stringify({ temperature: 20.05 + place / 10, humidity: 40, pressure: 1013.25 }).replace('40', isFractional ? '40.0' : '40'),
    metadata: { deviceName: `thermometer-${place}`, deviceType: 'default', ts: String(1_700_000_000_000 + place) },
    messageType: 'POST_TELEMETRY_REQUEST',
  }));
}

/** The filter without a sandbox: parse the message, call the function. */
function plainFilter(batch: readonly ScriptInput[]): boolean[] {
  return batch.map(({ messageText }) => {
    const { temperature } = JSON.parse(messageText) as { temperature: number };
    return temperature > -50 && temperature < 150;
  });
}

/** Microseconds a message, over as many batches as fit in a round. Processor time, so that other programs do not count. */
function measure(run: (batch: readonly ScriptInput[]) => readonly unknown[], batch: readonly ScriptInput[]): number {
  const usedUs = (): number => process.threadCpuUsage().user + process.threadCpuUsage().system;
  const begin = usedUs();
  let calls = 0;
  do {
    for (let i = 0; i < 10; i += 1) run(batch);
    calls += 10;
  } while (usedUs() - begin < roundMs * 1_000);
  return (usedUs() - begin) / (calls * batch.length);
}

async function main(): Promise<void> {
  const clock = { nowMs: () => epochMs(Date.now()), monotonicMs: () => performance.now(), after: () => () => undefined };
  const engine = await quickJsScriptEngine({ clock, random: Math.random });
  const compile = (kind: 'filter' | 'update', body: string, language: ScriptLanguage = 'JS'): CompiledScript =>
    engine.compile({ kind, language, body });
  const filter = compile('filter', filterBody);
  const transform = compile('update', transformBody);
  const tbelFilter = compile('filter', filterBody, 'TBEL');
  const tbelTransform = compile('update', transformBody, 'TBEL');
  const inSandbox = (script: CompiledScript) => (batch: readonly ScriptInput[]) => script.run(batch);
  const failed = [filter, transform, tbelFilter, tbelTransform].flatMap((script) => script.run(inputs(10))).filter((answer) => 'problem' in answer);
  if (failed.length > 0) throw new Error(`a script of the benchmark failed: ${JSON.stringify(failed[0])}`);

  const samples = {
    plain: () => measure(plainFilter, inputs(100)),
    one: () => measure(inSandbox(filter), inputs(1)),
    ten: () => measure(inSandbox(filter), inputs(10)),
    hundred: () => measure(inSandbox(filter), inputs(100)),
    transform: () => measure(inSandbox(transform), inputs(100)),
    tbel: () => measure(inSandbox(tbelFilter), inputs(100)),
    tbelTransform: () => measure(inSandbox(tbelTransform), inputs(100)),
    tbelFractional: () => measure(inSandbox(tbelTransform), inputs(100, true)),
  };
  const taken = new Map<string, number[]>(Object.keys(samples).map((name) => [name, []]));
  for (let i = 0; i < rounds; i += 1) for (const [name, sample] of Object.entries(samples)) taken.get(name)?.push(sample());
  engine.dispose();

  const us = (name: keyof typeof samples): number => median(taken.get(name) ?? []);
  const batch100Us = us('hundred');
  const figures = {
    filterCallsPerSecond: Math.round(1e6 / batch100Us),
    transformCallsPerSecond: Math.round(1e6 / us('transform')),
    tbelCallsPerSecond: Math.round(1e6 / us('tbel')),
    tbelTransformCallsPerSecond: Math.round(1e6 / us('tbelTransform')),
    tbelOverJavaScript: round(batch100Us / us('tbel')),
    tbelTransformOverJavaScript: round(us('transform') / us('tbelTransform')),
    batch1Us: round(us('one')),
    batch10Us: round(us('ten')),
    batch100Us: round(batch100Us),
    transformBatch100Us: round(us('transform')),
    tbelBatch100Us: round(us('tbel')),
    tbelTransformBatch100Us: round(us('tbelTransform')),
    tbelFractionalBatch100Us: round(us('tbelFractional')),
    plainUs: round(us('plain'), 3),
  };
  say(
    `filter: ${figures.batch1Us} µs alone, ${figures.batch10Us} in batches of 10, ${figures.batch100Us} of 100; without a sandbox ${figures.plainUs}`,
  );
  say(`transformation: ${figures.transformBatch100Us} µs in batches of 100`);
  say(
    `TBEL: filter ${figures.tbelBatch100Us} µs, transformation ${figures.tbelTransformBatch100Us}, with a number such as 40.0 ${figures.tbelFractionalBatch100Us}`,
  );
  const baseline = 'the same function on JSON.parse of the same text, in this process, without isolation';
  process.stdout.write(`${JSON.stringify({ bench: 'scripts', ratio: round(us('plain') / batch100Us, 3), baseline, figures })}\n`);
}

await main();
