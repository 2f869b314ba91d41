export type { RawUplink } from './uplink-batch.js';
export { readUplinks, UplinkBatch, UplinkKind } from './uplink-batch.js';
export type { Decoded, DecodeOptions } from './uplink-decoder.js';
export { decodeAttributes, decodeTelemetry } from './uplink-decoder.js';
export type { Body } from './reading-body.js';
export type { Samples } from './kaa-decoder.js';
export { decodeKaaJson, decodeKaaPlain } from './kaa-decoder.js';
export { protocolErrors } from './errors.js';
