import type { Problem } from '@fieldline/kernel';
import type { Reading } from '@fieldline/model';
import type { DecodeOptions, RawUplink } from '@fieldline/protocol';
import { decodeKaaJson, decodeKaaPlain, UplinkKind } from '@fieldline/protocol';
import { extractSamples } from './extract-samples.js';

/** How the data samples of an endpoint are taken. */
export interface SampleOptions extends DecodeOptions {
  /** `kaaAutoExtraction` of the endpoint's device profile. Without it a sample is checked, and stores nothing. */
  readonly autoExtraction: boolean;
}

/**
 * Turns the payload of a 1/KP data collection request into readings. Problems: those of `decodeKaaJson` and
 * `decodeKaaPlain` of package protocol; one bad sample refuses the whole payload.
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
  return { readings: options.autoExtraction ? extractSamples(decoded.samples, receivedAtMs) : [] };
}
