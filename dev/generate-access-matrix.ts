// `node dev/run.mjs dev/generate-access-matrix.ts` calls every route of the API as everybody and writes down the answers,
// for people to read: what a test then holds the API to (apps/server/src/rest/access-matrix/access-matrix.test.ts).
import { writeFileSync } from 'node:fs';
import { everyCall, rowsOf } from '../apps/server/src/rest/access-matrix/calls.fixture.js';
import { callAll } from '../apps/server/src/rest/access-matrix/run.fixture.js';
import { tablePath, tableText } from '../apps/server/src/rest/access-matrix/table.fixture.js';
import { openWorld } from '../apps/server/src/rest/access-matrix/world.fixture.js';

const world = await openWorld();
const outcomes = await callAll(world, everyCall(await rowsOf(world)));
await world.close();
writeFileSync(tablePath, tableText(outcomes));
