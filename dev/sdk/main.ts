// `npm run pack:sdk` makes dist/fieldline-plugin-sdk-<version>.tgz, which plugin authors install.
import { statSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from '../tidy/source-files.js';
import { packSdk } from './pack-sdk.js';

const tarball = await packSdk();
console.log(`${relative(root, tarball)}, ${Math.round(statSync(tarball).size / 1000)} kB.`);
