import type { LiveEnvelope } from '@fieldline/api-contract';

/** Paths of the WebSocket API, and the form in which commands come there. */
const envelopes: Readonly<Record<string, LiveEnvelope>> = {
  '/api/ws': 'general',
  '/api/ws/plugins/telemetry': 'telemetry',
  '/api/ws/plugins/notifications': 'notifications',
};

/** Below this path every address is upgraded; one that nobody serves is closed with a code (websocket-api.md §1). */
const PLUGINS_FOLDER = '/api/ws/plugins/';

/** Where a socket was opened, as far as the WebSocket API is concerned. */
export interface LivePlace {
  /** Undefined where nobody serves the address. */
  readonly envelope: LiveEnvelope | undefined;
  /** The query parameter `token`. */
  readonly token: string | undefined;
}

/** Reads the target of an upgrade request; undefined where it is none of ours, or no address at all. */
export function livePlaceOf(target: string | undefined): LivePlace | undefined {
  const url = URL.parse(target ?? '/', 'http://localhost');
  if (url === null) return undefined;
  const envelope = Object.hasOwn(envelopes, url.pathname) ? envelopes[url.pathname] : undefined;
  if (envelope === undefined && !url.pathname.startsWith(PLUGINS_FOLDER)) return undefined;
  return { envelope, token: url.searchParams.get('token') ?? undefined };
}
