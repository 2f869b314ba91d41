// npm run crash-test -- --kills 20      SIGKILL at random moments under load; nothing acknowledged may be lost or doubled
// npm run crash-test -- --queue bullmq --kills 20      the same with messages going through BullMQ on a Redis of dev/services
// npm run crash-test -- --packing 50    SIGKILL while the log is packed into blocks: nothing may be lost or doubled, nothing removed may return
// npm run crash-test -- --power         under strace: no acknowledgement may leave before the fsync of its log write
// All: --seed N repeats the random choices of an earlier run.
import { parseArgs } from 'node:util';
import { killTest } from './crash/kills.ts';
import { packingTest } from './crash/packing.ts';
import { powerTest } from './crash/power.ts';
import { seededRandom } from './crash/seeded-random.ts';
import { startServices } from './services/services.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    queue: { type: 'string' },
    packing: { type: 'string' },
    power: { type: 'boolean' },
    seed: { type: 'string' },
  },
});
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
process.stdout.write(`seed ${seed}\n`);

const complaints: string[] = [];
if (values.kills !== undefined) {
  const options = { kills: Number(values.kills), random: seededRandom(seed) };
  if (values.queue === 'bullmq') {
    const services = await startServices({ names: ['redis'] });
    complaints.push(...(await killTest({ ...options, env: { FIELDLINE_QUEUE: 'bullmq', ...services.env } })));
    await services.close();
  } else complaints.push(...(await killTest({ ...options, env: {} })));
}
if (values.packing !== undefined) complaints.push(...(await packingTest({ kills: Number(values.packing), seed, random: seededRandom(seed) })));
if (values.power === true) complaints.push(...(await powerTest()));
if (values.kills === undefined && values.packing === undefined && values.power !== true) complaints.push('say --kills N, --packing N or --power');

for (const complaint of complaints) process.stdout.write(`FAILED: ${complaint}\n`);
process.stdout.write(complaints.length === 0 ? 'crash test passed\n' : `crash test failed with ${complaints.length} complaints\n`);
process.exitCode = complaints.length === 0 ? 0 : 1;
