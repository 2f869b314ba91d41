export { quickJsScriptEngine } from './quickjs-script-engine.js';
export type { QuickJsScriptEngineOptions } from './quickjs-script-engine.js';
export { scriptErrors } from './errors.js';
export { DEADLINE_MS } from './limits.js';
