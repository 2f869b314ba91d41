import { defineErrors } from '@fieldline/kernel';

/** Why the engine itself fails a message. */
export const engineErrors = defineErrors('ENGINE', {
  NODE_NOT_ACTIVE: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { node: string; reason: string }) => `The rule node "${d.node}" is not active: ${d.reason}`,
    remedy: 'Open the rule chain, correct the node and deploy the chain.',
  },
  NODE_SECRET_MISSING: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { node: string; setting: string }) => `The rule node "${d.node}" is not active: its setting "${d.setting}" has no value.`,
    remedy: 'Files and copies of rule chains hold no secrets: open the node, set it and deploy the chain.',
  },
  NODE_TYPE_UNKNOWN: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { node: string; type: string }) => `The rule node "${d.node}" is of type ${d.type}, which is not installed.`,
    remedy: 'Install the plugin that has this type, or replace the node, and deploy the chain. The settings of the node are kept.',
  },
  NODE_NOT_CONNECTED: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { node: string; reason: string }) => `The rule node "${d.node}" has no connection: ${d.reason}`,
    remedy: 'Check host, port and credentials in the settings of the node, and that the service runs.',
  },
  NODE_SERVICE_OFF: {
    kind: 'unavailable',
    retry: 'never',
    message: (d: { node: string; service: string }) => `The rule node "${d.node}" needs the service "${d.service}", which is off in this server.`,
    remedy: 'Turn the service on in the settings of the server, or replace the node.',
  },
  NODE_NEEDS_PLUGIN: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { node: string; type: string; plugin: string }) =>
      `The rule node "${d.node}" of type ${d.type} needs the plugin "${d.plugin}", which is not installed.`,
    remedy: 'Install the plugin and deploy the chain, or replace the node. The settings of the node are kept.',
  },
  NO_ROOT_CHAIN: {
    kind: 'not-found',
    retry: 'never',
    message: 'The tenant has no root rule chain.',
    remedy: 'Open the list of rule chains and make one of them the root chain.',
  },
  CHAIN_UNKNOWN: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { node: string; ruleChainId: string }) => `The rule node "${d.node}" calls the rule chain ${d.ruleChainId}, which does not exist.`,
    remedy: 'Choose an existing rule chain in the settings of the node.',
  },
  CHAIN_LOOP: {
    kind: 'conflict',
    retry: 'never',
    message: (d: { node: string }) => `Detected a rule chain processing loop at the rule node "${d.node}".`,
    remedy: 'Change the rule chains so that none calls, over others, itself.',
  },
  CHAIN_TOO_DEEP: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { depthMax: number }) => `More than ${d.depthMax} rule chains call one another in a row.`,
    remedy: 'Draw some of the called chains into their callers.',
  },
  TOO_MANY_NODES: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { nodesMax: number }) => `Message is processed by more than ${d.nodesMax} rule nodes!`,
    remedy: 'Look for rule chains, or nodes that make messages, which lead back to where they were reached from.',
  },
  FAILURE_UNCONNECTED: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { node: string }) => `The rule node "${d.node}" sent the message to Failure, which leads nowhere.`,
    remedy: 'Connect Failure of this node to where failed messages shall go.',
  },
  PACK_TIMED_OUT: {
    kind: 'unavailable',
    retry: 'never',
    message: 'The message did not end within the processing timeout of its queue, or waited behind one that failed.',
    remedy: 'Look for the slow or failing rule node, or give the queue a longer timeout or a strategy that retries. Replay the dead letter then.',
  },
  OUTCOME_INVALID: {
    kind: 'internal',
    retry: 'never',
    message: (d: { node: string; reason: string }) => `The rule node "${d.node}" gave no valid outcome: ${d.reason}.`,
    remedy: 'Report this to the author of the node: the test harness of the plugin SDK finds such outcomes.',
  },
});
