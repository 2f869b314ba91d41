import type { DeviceClaim } from '@fieldline/ports';
import { kaaUplinkOf, parseKaaTopic, UplinkKind } from '@fieldline/protocol';
import { TOKEN_LENGTH_MAX } from './limits.js';

/** What a path asks for: an upload of one device, or nothing that exists below a prefix that is ours. */
export type DeviceRoute =
  | {
      readonly kind: 'upload';
      readonly dialect: 'thingsboard' | 'kaa';
      /** Key of the session: two claims differ exactly where these differ. */
      readonly shown: string;
      readonly claim: DeviceClaim;
      readonly uplinkKind: UplinkKind;
      /** Metric of 1/KP plain data, else empty. */
      readonly topic: string;
    }
  | { readonly kind: 'unknown'; readonly dialect: 'kaa' };

/** How 1/KP paths are taken. */
export interface KaaRules {
  /** Whether they (`/kp1/…`, `/kpc/kp1/…`) are served. */
  readonly isKaaEnabled: boolean;
  /** Take every data collection path that begins with `json` for `json` (kaa.md §4.1). */
  readonly isKaaRelaxed?: boolean | undefined;
}

/**
 * Finds the device upload that a request path names (device-api.md §9, kaa.md §3).
 *
 * @returns undefined where the path is not ours and the next handler should look at it
 */
export function deviceRoute(url: string, kaa: KaaRules): DeviceRoute | undefined {
  if (url.startsWith('/api/v1/')) return thingsboardRoute(withoutQuery(url));
  if (!kaa.isKaaEnabled) return undefined;
  const { isKaaRelaxed = false } = kaa;
  if (url.startsWith('/kp1/')) return kaaRoute(withoutQuery(url).slice(1), isKaaRelaxed);
  // Some deployments of Kaa add a prefix (kaa.md §3).
  if (url.startsWith('/kpc/kp1/')) return kaaRoute(withoutQuery(url).slice(5), isKaaRelaxed);
  return undefined;
}

function thingsboardRoute(path: string): DeviceRoute | undefined {
  const end = path.indexOf('/', PREFIX_LENGTH);
  if (end < 0) return undefined;
  const uplinkKind = uploads.get(path.slice(end));
  if (uplinkKind === undefined) return undefined;
  const token = decoded(path.slice(PREFIX_LENGTH, end));
  if (token === undefined || token === '' || token.length > TOKEN_LENGTH_MAX) return unknownToken(uplinkKind);
  return { kind: 'upload', dialect: 'thingsboard', shown: `v1/${token}`, claim: { kind: 'access-token', token }, uplinkKind, topic: '' };
}

function kaaRoute(path: string, isRelaxed: boolean): DeviceRoute {
  // An encoded slash would move the levels of the path.
  const topic = /%2f/i.test(path) ? undefined : decoded(path);
  const parsed = topic === undefined ? undefined : parseKaaTopic(topic);
  const uplink = parsed?.extension === 'dcx' ? kaaUplinkOf(parsed.resource, isRelaxed) : undefined;
  if (parsed === undefined || uplink === undefined) return { kind: 'unknown', dialect: 'kaa' };
  const { appVersion, token } = parsed;
  return {
    kind: 'upload',
    dialect: 'kaa',
    // A slash is in neither of the two, so no two claims share a key.
    shown: `kp1/${appVersion}/${token}`,
    claim: { kind: 'kaa-token', appVersion, token },
    uplinkKind: uplink.kind,
    topic: uplink.metric,
  };
}

/** A token that no device can have is refused like any other wrong one. */
function unknownToken(uplinkKind: UplinkKind): DeviceRoute {
  return { kind: 'upload', dialect: 'thingsboard', shown: 'v1/', claim: { kind: 'access-token', token: '' }, uplinkKind, topic: '' };
}

const PREFIX_LENGTH = '/api/v1/'.length;
const uploads = new Map<string, UplinkKind>([
  ['/telemetry', UplinkKind.telemetry],
  ['/attributes', UplinkKind.attributes],
  ['/claim', UplinkKind.claim],
]);

function withoutQuery(url: string): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

function decoded(part: string): string | undefined {
  if (!part.includes('%')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
