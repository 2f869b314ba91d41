export type { EngineParts, PlatformServices, PlatformUser } from './engine-parts.js';
export type { EngineStats, RuleEngineOptions } from './rule-engine.js';
export { RuleEngine } from './rule-engine.js';
export type { KnownQueue } from './queues/queue-table.js';
export { QueueTable } from './queues/queue-table.js';
export type { InactiveNode } from './deploy/deployer.js';
export { engineErrors } from './errors.js';
