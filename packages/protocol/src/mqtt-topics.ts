import { UplinkKind } from './uplink-batch.js';

/** Custom upload topics of a device profile, each an MQTT topic filter (device-api.md §5). */
export interface UploadTopics {
  readonly telemetry?: string | undefined;
  readonly attributes?: string | undefined;
}

/** What accepting a SUBSCRIBE filter means; `answers` only records the quality of service. */
export type DownlinkKind = 'attribute-pushes' | 'rpc-requests' | 'answers';

const DEFAULT_TELEMETRY = 'v1/devices/me/telemetry';
const DEFAULT_ATTRIBUTES = 'v1/devices/me/attributes';

/** Topics that no profile changes. */
const fixedUploads: ReadonlyMap<string, UplinkKind> = new Map<string, UplinkKind>([
  ['v2/t', UplinkKind.telemetry],
  ['v2/t/j', UplinkKind.telemetry],
  ['v2/a', UplinkKind.attributes],
  ['v2/a/j', UplinkKind.attributes],
  ['v1/devices/me/claim', UplinkKind.claim],
]);

const downlinks: ReadonlyMap<string, DownlinkKind> = new Map<string, DownlinkKind>([
  ...named('attribute-pushes', ['v1/devices/me/attributes', 'v2/a', 'v2/a/j', 'v2/a/p']),
  ...named('rpc-requests', ['v1/devices/me/rpc/request/+', 'v2/r/req/+', 'v2/r/req/j/+', 'v2/r/req/p/+']),
  ...named('answers', ['v1/devices/me/attributes/response/+', 'v2/a/res/+', 'v2/a/res/j/+', 'v2/a/res/p/+']),
  ...named('answers', ['v1/devices/me/rpc/response/+', 'v2/r/res/+', 'v2/r/res/j/+', 'v2/r/res/p/+']),
  ...named('answers', ['v1/gateway/attributes', 'v1/gateway/rpc', 'v1/gateway/attributes/response']),
  ...named('answers', ['v2/fw/response/+/chunk/+', 'v2/fw/error', 'v2/sw/response/+/chunk/+', 'v2/sw/error']),
]);

function named(kind: DownlinkKind, filters: readonly string[]): [string, DownlinkKind][] {
  return filters.map((filter) => [filter, kind]);
}

/**
 * What a device uploads when it publishes on `topic`; undefined for a topic that is no upload. A custom topic
 * takes the place of the default one, all others stay (device-api.md §4.1 and §5).
 */
export function uploadKindOf(topic: string, custom: UploadTopics = {}): UplinkKind | undefined {
  if (matchesTopicFilter(custom.attributes ?? DEFAULT_ATTRIBUTES, topic)) return UplinkKind.attributes;
  if (matchesTopicFilter(custom.telemetry ?? DEFAULT_TELEMETRY, topic)) return UplinkKind.telemetry;
  return fixedUploads.get(topic);
}

/** What a SUBSCRIBE filter asks for; filters are compared as text, so wildcards count only where the list has them (device-api.md §3.8). */
export function downlinkKindOf(filter: string, customAttributes?: string): DownlinkKind | undefined {
  const known = downlinks.get(filter);
  if (known !== undefined || customAttributes === undefined) return known;
  return filter === customAttributes || matchesTopicFilter(customAttributes, filter) ? 'attribute-pushes' : undefined;
}

/**
 * Whether a topic lies under a filter. `+` stands for one level that is not empty, a last `#` for any number of
 * levels including none; `#` alone matches everything.
 */
export function matchesTopicFilter(filter: string, topic: string): boolean {
  if (filter === topic) return isTopicName(topic);
  const wanted = filter.split('/');
  const levels = topic.split('/');
  for (const [at, want] of wanted.entries()) {
    if (want === '#') return at === wanted.length - 1;
    const level = levels[at];
    if (level === undefined) return false;
    if (want === '+' ? level === '' : want !== level) return false;
  }
  return wanted.length === levels.length;
}

/** A topic one may publish on: not empty, no wildcard, no NUL (MQTT 3.1.1 §4.7). */
export function isTopicName(topic: string): boolean {
  return topic !== '' && !/[+#]/.test(topic) && !topic.includes('\0');
}

/** A well-formed subscription filter: `+` fills a whole level, `#` only the last one (MQTT 3.1.1 §4.7.1). */
export function isTopicFilter(filter: string): boolean {
  if (filter === '' || filter.includes('\0')) return false;
  const levels = filter.split('/');
  return levels.every((level, at) => !/[+#]/.test(level) || level === '+' || (level === '#' && at === levels.length - 1));
}
