export { alarmLifeCycle } from './alarm-life-cycle.js';
export { alarmToJson } from './alarm-json.js';
