// npm run fuzz -- --rounds 20             wrong and odd requests to every documented route, as three callers
// npm run fuzz -- --seed 7 --only 1234    one request of an earlier run again
// Passes when no answer is 5xx or shows a stack trace, and the server still answers and did not grow beyond its bound.
import { parseArgs } from 'node:util';
import { Campaign } from './fuzz/campaign.js';

const { values } = parseArgs({ options: { seed: { type: 'string' }, rounds: { type: 'string', default: '10' }, only: { type: 'string' } } });
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
process.stdout.write(`seed ${seed}\n`);

const campaign = new Campaign(seed);
await campaign.run(Number(values.rounds), values.only === undefined ? undefined : Number(values.only));

for (const complaint of campaign.complaints) process.stdout.write(`FAILED: ${complaint}\n`);
const { sent, complaints } = campaign;
process.stdout.write(`${sent} requests; ${complaints.length === 0 ? 'fuzzing passed' : `fuzzing failed with ${complaints.length} complaints`}\n`);
process.exitCode = complaints.length === 0 ? 0 : 1;
