import { defineErrors } from '@fieldline/plugin-sdk';

export const cloudErrors = defineErrors('CLOUD', {
  PLUGIN_MISSING: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { title: string; plugin: string }) => `The node "${d.title}" needs the plugin "${d.plugin}", which is not installed.`,
    remedy: 'Install the plugin and deploy the chain, or replace the node. The settings of the node are kept.',
  },
});
