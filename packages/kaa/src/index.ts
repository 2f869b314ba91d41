export type { SampleOptions } from './decode-sample.js';
export { decodeSample } from './decode-sample.js';
export type { EndpointSeriesDeps, HistoryPiece, HistoryQuery, LastQuery, Wanted } from './endpoint-series.js';
export { EndpointSeries } from './endpoint-series.js';
export type { LastPoints } from './last-points.js';
export type { SeriesPoint } from './merged-points.js';
export type { PublishedPoints } from './publish-points.js';
export type { SeriesDefinition } from './series-definitions.js';
export { kaaErrors } from './errors.js';
