// For whoever runs nodes: the engine, the test harness and the process that isolates third-party plugins.
// Plugin authors do not need this entry.
export { hostErrors } from './errors.js';
export { isolatedNeeds } from './isolated-needs.js';
export { nodeCatalogue } from './node-catalogue.js';
export { NodeStates } from './node-states.js';
export type { BoundScripts, ScriptCompiler, ScriptProgram, ScriptProgramAnswer, ScriptProgramInput } from './script-binding.js';
export { bindScripts } from './script-binding.js';
export type { LoadedSettings } from './settings.js';
export { loadSettings } from './settings.js';
export { settingsSchema } from './settings-schema.js';
