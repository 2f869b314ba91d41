// npm run fuzz                            wrong and odd requests to every documented route, as three callers: a minute
// npm run fuzz -- --full                  the same for a quarter of an hour
// npm run fuzz -- --seed 7 --rounds 3     the random choices of an earlier run again; --only 1234 for one request of it
// Passes when no answer is 5xx or shows a stack trace, and the server still answers and did not grow beyond its bound.
import { parseArgs } from 'node:util';
import { Campaign } from './fuzz/campaign.js';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, rounds: { type: 'string' }, only: { type: 'string' }, full: { type: 'boolean' } },
});
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
process.stdout.write(`seed ${seed}\n`);

const rounds = Number(values.rounds ?? (values.full === true ? 400 : 20));

const campaign = new Campaign(seed);
await campaign.run(rounds, values.only === undefined ? undefined : Number(values.only));

for (const complaint of campaign.complaints) process.stdout.write(`FAILED: ${complaint}\n`);
const { sent, complaints } = campaign;
process.stdout.write(`${sent} requests; ${complaints.length === 0 ? 'fuzzing passed' : `fuzzing failed with ${complaints.length} complaints`}\n`);
process.exitCode = complaints.length === 0 ? 0 : 1;
