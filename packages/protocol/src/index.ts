export type { RawUplink } from './uplink-batch.js';
export { readUplinks, UplinkBatch, UplinkKind } from './uplink-batch.js';
