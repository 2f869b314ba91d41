export type { SampleOptions } from './decode-sample.js';
export { decodeSample } from './decode-sample.js';
export { extractSamples } from './extract-samples.js';
