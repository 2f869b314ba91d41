export type { RawUplink } from './uplink-batch.js';
export { readUplinks, UplinkBatch, UplinkKind } from './uplink-batch.js';
export type { Decoded, DecodeOptions } from './uplink-decoder.js';
export { decodeAttributes, decodeTelemetry } from './uplink-decoder.js';
export type { Body } from './reading-body.js';
export type { Samples } from './kaa-decoder.js';
export { decodeKaaJson, decodeKaaPlain } from './kaa-decoder.js';
export { protocolErrors } from './errors.js';
export type { DownlinkKind, UploadTopics } from './mqtt-topics.js';
export { downlinkKindOf, isTopicFilter, isTopicName, matchesTopicFilter, uploadKindOf } from './mqtt-topics.js';
export type { KaaTopic, KaaUplink } from './kaa-topics.js';
export {
  isKaaAnswer, isKaaTopic, kaaErrorPayload, kaaErrorTopic, kaaStatusCode, kaaStatusTopic, kaaUplinkOf, parseKaaTopic,
} from './kaa-topics.js';
export type { UplinkSettled, UplinkSink } from './uplink-gatherer.js';
export { UplinkGatherer } from './uplink-gatherer.js';
export { SessionCache } from './session-cache.js';
