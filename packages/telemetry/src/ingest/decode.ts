import type { Problem } from '@fieldline/kernel';
import type { KaaTimeSeries, Metadata, Reading } from '@fieldline/model';
import type { ClaimRequest, RawUplink } from '@fieldline/protocol';
import { decodeAttributes, decodeClaimRequest, decodeTelemetry, UplinkKind } from '@fieldline/protocol';
import type { KnownSession } from './session-table.js';

export interface DecodedUplink {
  readonly messageType: string;
  readonly readings: readonly Reading[];
  metadata(session: KnownSession, tsMs: number): Metadata;
}

/** A device that wants to be claimed: no reading, and no rule chain sees it. */
export interface DecodedClaim {
  readonly claim: ClaimRequest;
}

/** Turns the data sample of a Kaa endpoint into readings; supplied by package kaa. */
export type SampleDecoder = (
  uplink: RawUplink,
  receivedAtMs: number,
  options: { readonly series: KaaTimeSeries | undefined; readonly futureMaxMs: number },
) => { readonly readings: readonly Reading[] } | { readonly problem: Problem };

export interface UplinkDecoder {
  decode(uplink: RawUplink, session: KnownSession, receivedAtMs: number): DecodedUplink | DecodedClaim | { readonly problem: Problem };
}

const telemetryMetadata = (session: KnownSession, tsMs: number): Metadata => ({
  deviceName: session.deviceName,
  deviceType: session.deviceType,
  ts: String(tsMs),
});

const attributesMetadata = (session: KnownSession): Metadata => ({
  deviceName: session.deviceName,
  deviceType: session.deviceType,
  notifyDevice: 'false',
});

/** The decoder for every kind of uplink. `futureMaxMs` bounds how far ahead of our clock a reading may be. */
export function uplinkDecoder(options: { readonly futureMaxMs: number; readonly decodeSample: SampleDecoder }): UplinkDecoder {
  return {
    decode(uplink, session, receivedAtMs) {
      switch (uplink.kind) {
        case UplinkKind.telemetry: {
          const decoded = decodeTelemetry(uplink.payload, receivedAtMs, { futureMaxMs: options.futureMaxMs });
          return 'problem' in decoded ? decoded : telemetry(decoded.readings);
        }
        case UplinkKind.attributes: {
          const decoded = decodeAttributes(uplink.payload);
          if ('problem' in decoded) return decoded;
          const reading = { tsMs: receivedAtMs, hasOwnTs: true, data: decoded.data, text: decoded.text };
          return { messageType: 'POST_ATTRIBUTES_REQUEST', readings: [reading], metadata: attributesMetadata };
        }
        case UplinkKind.claim: {
          const claim = decodeClaimRequest(uplink.payload);
          return 'problem' in claim ? claim : { claim };
        }
        case UplinkKind.kaaJson:
        case UplinkKind.kaaPlain: {
          const { futureMaxMs } = options;
          const decoded = options.decodeSample(uplink, receivedAtMs, { series: session.kaaSeries, futureMaxMs });
          return 'problem' in decoded ? decoded : telemetry(decoded.readings);
        }
      }
    },
  };
}

function telemetry(readings: readonly Reading[]): DecodedUplink {
  return { messageType: 'POST_TELEMETRY_REQUEST', readings, metadata: telemetryMetadata };
}
