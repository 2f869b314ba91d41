// `npm start`: installs and builds what is missing, then becomes the server. Arguments go to the server.
// Runs on Node 20 as well, because on a fresh clone nothing newer need be there.
import { join } from 'node:path';
import { become } from '../apps/cli/bin/become.mjs';
import { serverEnvironment, serverFlags } from '../apps/cli/bin/server-process.mjs';
import { ensureInstalled } from './workspace/install.mjs';
import { nodeBinary, root } from './workspace/paths.mjs';
import { ensureBuilt } from './workspace/run.mjs';

ensureInstalled();
ensureBuilt();
const program = join(root, 'apps', 'server', 'dist', 'main.js');
become(nodeBinary, [...serverFlags, program, ...process.argv.slice(2)], serverEnvironment(process.env));
