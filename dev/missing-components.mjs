// Prints what is missing of the programs that some suites need, and fails if anything is. With --debian or --pip it prints
// the names of the packages of Debian or of Python instead, and does not fail.
import { missingComponents } from './workspace/components.mjs';

const missing = missingComponents();
const source = ['debian', 'pip'].find((name) => process.argv.includes(`--${name}`));
if (source !== undefined) {
  console.log([...new Set(missing.flatMap((component) => component[source] ?? []))].join(' '));
} else {
  for (const { name, suite, debian, pip } of missing) {
    const from = [debian && `Debian: ${debian}`, pip && `pip: ${pip}`].filter(Boolean).join(', ');
    console.error(`${name} is missing, which ${suite} needs (${from}).`);
  }
  process.exitCode = missing.length === 0 ? 0 : 1;
}
