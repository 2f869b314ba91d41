// npm run new-node -- ../acme-weather --nodes heat-index,wind-chill    makes a plugin package with two nodes and their tests
// npm run new-node -- ../acme-weather --node dew-point                 adds a node to it
//   --category filter|enrichment|transformation|action|external|flow   --state   --name @acme/weather   --sdk <what npm installs>
import { isProblem } from '@fieldline/kernel';
import { newNode } from './new-node.js';
import { readWish } from './read-wish.js';

try {
  // npm runs this in the folder of the repository; paths are meant from where the person typed them.
  const lines = await newNode(readWish(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd()));
  for (const line of lines) console.log(line);
} catch (error) {
  if (!isProblem(error)) throw error;
  console.error(`${error.message}\n${error.remedy}\n[${error.code}]`);
  process.exitCode = error.code === 'NEW_NODE_USAGE' ? 2 : 1;
}
