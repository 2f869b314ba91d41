export type { EngineParts, PlatformServices, PlatformUser } from './engine-parts.js';
export type { ChainStats, EngineStats, RuleEngineOptions } from './rule-engine.js';
export { RuleEngine } from './rule-engine.js';
export type { KnownQueue } from './queues/queue-table.js';
export { QueueTable } from './queues/queue-table.js';
export type { InactiveNode } from './deploy/deployer.js';
export type { NodeCounts, RelationCount } from './compile/node-counters.js';
export { engineErrors } from './errors.js';
