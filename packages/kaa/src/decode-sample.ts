import type { Problem } from '@fieldline/kernel';
import { unconfiguredKaaSeries, type KaaTimeSeries, type Reading } from '@fieldline/model';
import type { DecodeOptions, RawUplink } from '@fieldline/protocol';
import { decodeKaaJson, decodeKaaPlain, UplinkKind } from '@fieldline/protocol';
import { extractSamples } from './extract-samples.js';

/** How the data samples of an endpoint are taken. */
export interface SampleOptions extends DecodeOptions {
  /** Time series of the endpoint's application version. Without them a sample is checked, and stores nothing. */
  readonly series: KaaTimeSeries | undefined;
  readonly futureMaxMs: number;
}

/**
 * Turns the payload of a 1/KP data collection request into readings. Problems: those of `decodeKaaJson` and
 * `decodeKaaPlain` of package protocol, and KAA_SAMPLE_TIME_UNREADABLE; one bad sample refuses the whole payload.
 *
 * @param uplink of kind `kaaJson` or `kaaPlain`; the topic of a plain one is its metric
 */
export function decodeSample(
  uplink: RawUplink,
  receivedAtMs: number,
  options: SampleOptions,
): { readonly readings: readonly Reading[] } | { readonly problem: Problem } {
  const decoded =
    uplink.kind === UplinkKind.kaaPlain ? decodeKaaPlain(uplink.topic, uplink.payload, options) : decodeKaaJson(uplink.payload, options);
  if ('problem' in decoded) return decoded;
  const receipt = { atMs: receivedAtMs, futureMaxMs: options.futureMaxMs };
  return extractSamples(decoded.samples, receipt, options.series ?? unconfiguredKaaSeries);
}
