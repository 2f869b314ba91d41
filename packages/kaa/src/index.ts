export type { SampleOptions } from './decode-sample.js';
export { decodeSample } from './decode-sample.js';
export { kaaErrors } from './errors.js';
