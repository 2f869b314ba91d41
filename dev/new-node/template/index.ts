import type { Plugin } from '@fieldline/plugin-sdk';

/** What Fieldline finds in this package. */
export const plugin: Plugin = {
  name: 'plugin-name',
  nodes: [],
};
