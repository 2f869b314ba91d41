import type { Problem } from '@fieldline/kernel';
import { UplinkKind } from '@fieldline/protocol';
import { coapErrors } from './errors.js';
import { TOKEN_LENGTH_MAX } from './limits.js';

/** What a request asks for: an upload of one device, or nothing that is served. */
export type DeviceRoute = { readonly token: string; readonly kind: UplinkKind } | { readonly problem: Problem };

/** Finds the resource a request names (device-api.md §10.1 and §10.2). @param code method of the request, 1 to 4 */
export function deviceRoute(path: readonly string[], code: number): DeviceRoute {
  const [api, version, third, fourth] = path;
  if (api !== 'api' || version !== 'v1') return { problem: coapErrors.PATH_UNKNOWN() };
  if (third === undefined) return { problem: coapErrors.FEATURE_UNKNOWN() };
  if (fourth === undefined) return { problem: withoutToken(third.toLowerCase()) };
  const feature = fourth.toLowerCase();
  if (code === PUT || code === DELETE) return { problem: coapErrors.METHOD_NOT_ALLOWED() };
  const kind = path.length === 4 ? uploads.get(feature) : undefined;
  if (kind === undefined || code !== POST) {
    const isOther = others.has(feature) || (feature === 'attributes' && code === GET);
    return { problem: isOther ? coapErrors.FEATURE_UNSUPPORTED() : coapErrors.FEATURE_UNKNOWN() };
  }
  // A token that no device can have is refused like any other wrong one.
  return { token: third.length > TOKEN_LENGTH_MAX ? '' : third, kind };
}

function withoutToken(feature: string): Problem {
  if (feature === 'provision') return coapErrors.FEATURE_UNSUPPORTED();
  return uploads.has(feature) || others.has(feature) ? coapErrors.TOKEN_MISSING() : coapErrors.FEATURE_UNKNOWN();
}

const GET = 1;
const POST = 2;
const PUT = 3;
const DELETE = 4;

const uploads = new Map<string, UplinkKind>([
  ['telemetry', UplinkKind.telemetry],
  ['attributes', UplinkKind.attributes],
  ['claim', UplinkKind.claim],
]);
const others = new Set(['rpc']);
