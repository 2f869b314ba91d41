// Prints what is missing of the programs that some suites need, and fails if anything is. With --debian it prints the
// names of the Debian packages instead, and does not fail.
import { missingComponents } from './workspace/components.mjs';

const missing = missingComponents();
if (process.argv.includes('--debian')) {
  console.log([...new Set(missing.map(({ debian }) => debian))].join(' '));
} else {
  for (const { name, suite, debian } of missing) console.error(`${name} is missing, which ${suite} needs (Debian: ${debian}).`);
  process.exitCode = missing.length === 0 ? 0 : 1;
}
