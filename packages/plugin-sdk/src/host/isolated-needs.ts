import type { Need } from '../services/index.js';

/** Services that a node in a process of its own can have: those that are questions and answers. Its scripts and connections it could not have. */
export const isolatedNeeds: readonly Need[] = [
  ...(['timeSeries', 'attributes', 'alarms', 'entities', 'relations', 'http', 'mail', 'broker'] as const),
  ...(['rpc', 'restReplies', 'deviceState', 'log'] as const),
];
