import { statusCodeOfKind } from './status-code.js';
import type { Problem } from '@fieldline/kernel';
import { UplinkKind } from './uplink-batch.js';

/** A 1/KP request topic, or the path of the same request over HTTP, taken apart (kaa.md §2.1). */
export interface KaaTopic {
  /** Name of the application version; it alone identifies the application. */
  readonly appVersion: string;
  /** Instance of the extension that handles the request, such as `dcx`. */
  readonly extension: string;
  readonly token: string;
  /** Levels after the token without the request id, joined by `/`; empty where there is only an id. */
  readonly resource: string;
  /** As received: it is echoed, never printed again. */
  readonly requestId: string | undefined;
}

/** What a data collection request carries: the kind of its payload, and for plain data the name of the metric. */
export interface KaaUplink {
  readonly kind: UplinkKind;
  readonly metric: string;
}

const PREFIX = 'kp1/';
const TOKEN = /^[^+#/.]+$/;
const REQUEST_ID = /^[0-9]+$/;
const PLAIN = /^plain\/([^/]+)$/;

/** True for everything 1/KP claims, well-formed or not. */
export function isKaaTopic(topic: string): boolean {
  return topic.startsWith(PREFIX);
}

/** True for topics on which only the server speaks; published by a client they are ignored. */
export function isKaaAnswer(topic: string): boolean {
  return topic.endsWith('/status') || topic.endsWith('/error');
}

/** Takes a topic apart; undefined where it has too few levels, an empty one, or no possible token. */
export function parseKaaTopic(topic: string): KaaTopic | undefined {
  if (!isKaaTopic(topic)) return undefined;
  const [, appVersion, extension, token, ...rest] = topic.split('/');
  if (!appVersion || !extension || token === undefined || !TOKEN.test(token)) return undefined;
  if (rest.length === 0 || rest.includes('')) return undefined;
  const last = rest.at(-1) ?? '';
  const requestId = REQUEST_ID.test(last) ? last : undefined;
  const resource = (requestId === undefined ? rest : rest.slice(0, -1)).join('/');
  return { appVersion, extension, token, resource, requestId };
}

/**
 * What the data collection extension makes of a resource path; undefined where it knows no such path (kaa.md §4).
 *
 * @param isRelaxed takes every path that begins with `json` for `json`
 */
export function kaaUplinkOf(resource: string, isRelaxed: boolean): KaaUplink | undefined {
  if (resource === 'json' || (isRelaxed && resource.startsWith('json'))) return { kind: UplinkKind.kaaJson, metric: '' };
  const metric = PLAIN.exec(resource)?.[1];
  return metric === undefined ? undefined : { kind: UplinkKind.kaaPlain, metric };
}

/** Where the success of a request is published. */
export function kaaStatusTopic(topic: string): string {
  return `${topic}/status`;
}

/** Where the failure of a request is published. */
export function kaaErrorTopic(topic: string): string {
  return `${topic}/error`;
}

/** The payload of a failure: both members, no others (kaa.md §2.2). */
export function kaaErrorPayload(statusCode: number, reasonPhrase: string): string {
  return JSON.stringify({ statusCode, reasonPhrase });
}

/** The status code 1/KP gives a problem (kaa.md §2.7). */
export function kaaStatusCode(problem: Pick<Problem, 'kind' | 'code'>): number {
  return problem.code === 'DEVICE_ACK_TIMEOUT' ? 504 : statusCodeOfKind[problem.kind];
}
