/** Paths of the WebSocket API. */
export const livePaths = { general: '/api/ws', telemetry: '/api/ws/plugins/telemetry' } as const;

/** Below this path every address is upgraded; one that nobody serves is closed with a code (websocket-api.md §1). */
const PLUGINS_FOLDER = '/api/ws/plugins/';

/** Where a socket was opened, as far as the WebSocket API is concerned. */
export interface LivePlace {
  readonly path: string;
  /** The query parameter `token`. */
  readonly token: string | undefined;
}

/** Reads the target of an upgrade request; undefined where it is none of ours, or no address at all. */
export function livePlaceOf(target: string | undefined): LivePlace | undefined {
  const url = URL.parse(target ?? '/', 'http://localhost');
  if (url === null || (url.pathname !== livePaths.general && !url.pathname.startsWith(PLUGINS_FOLDER))) return undefined;
  return { path: url.pathname, token: url.searchParams.get('token') ?? undefined };
}
