import { defineErrors } from '@fieldline/kernel';

/** Everything `npm run new-node` can fail with. */
export const newNodeErrors = defineErrors('NEW_NODE', {
  USAGE: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { fault: string }) => `${d.fault}.`,
    remedy: 'npm run new-node -- ../acme-weather --nodes heat-index,wind-chill [--category filter] [--state]; docs/plugins.md tells more.',
  },
  FILE_EXISTS: {
    kind: 'conflict',
    retry: 'never',
    message: (d: { paths: readonly string[] }) => `${d.paths.join(', ')} would be overwritten.`,
    remedy: 'Name another folder or another node; to add a node to a package that exists, give its name with --node.',
  },
  NO_PACKAGE: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { folder: string; reason: string }) => `${d.folder} is no plugin package: ${d.reason}.`,
    remedy: 'Give the folder of a package that npm run new-node made; without --node a new package is made.',
  },
  INDEX_UNREADABLE: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { path: string }) => `${d.path} has no list "nodes: […]" that a node could be added to.`,
    remedy: 'Give it a plugin with such a list, as a new package has it, and run the command again.',
  },
});
