export type { EngineParts } from './engine-parts.js';
export type { ChainStats, EngineStats, RuleEngineOptions } from './rule-engine.js';
export { RuleEngine } from './rule-engine.js';
export type { InactiveNode } from './deploy/deployer.js';
export type { NodeCounts, RelationCount } from './compile/node-counters.js';
export { engineErrors } from './errors.js';
