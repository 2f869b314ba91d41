// at: packages/telemetry
// caught by: no-restricted-imports
// saying: without Node.js
import { readFileSync } from 'node:fs';

export const reached = readFileSync;
