export type { HttpDeviceApi, HttpDeviceApiOptions } from './http-device-api.js';
export { httpDeviceApi } from './http-device-api.js';
export type { HttpLimits } from './limits.js';
export { defaultHttpLimits } from './limits.js';
export type { HttpStats } from './stats.js';
export { httpErrors } from './errors.js';
