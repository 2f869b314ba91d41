export type { CoapTransportOptions } from './coap-transport.js';
export { CoapTransport, coapTransport } from './coap-transport.js';
export type { CoapLimits } from './limits.js';
export { defaultCoapLimits } from './limits.js';
export type { CoapStats } from './stats.js';
export { coapErrors } from './errors.js';
