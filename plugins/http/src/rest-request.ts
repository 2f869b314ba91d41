import type { HttpRequest, Message } from '@fieldline/plugin-sdk';
import { fillJsonTemplate, fillTemplate, payloadOf, tlsOf } from '@fieldline/plugin-sdk';
import { restErrors } from './errors.js';
import type { RestSettings } from './rest-settings.js';
import { legacyUrl, urlWithParams } from './url.js';

const withBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** The request that a message becomes. @throws REST_NODE_HEADER_INVALID, _BODY_INVALID, _TEMPLATE_NOT_JSON, TEMPLATE_BODY_INVALID */
export function requestOf(message: Message, config: RestSettings): HttpRequest {
  return {
    method: config.requestMethod,
    url: urlOf(message, config),
    headers: headersOf(message, config),
    body: withBody.has(config.requestMethod) && !config.ignoreRequestBody ? bodyOf(message, config) : undefined,
    timeoutMs: config.readTimeoutMs,
    answerBytesMax: config.maxInMemoryBufferSizeInKb * 1_024,
    tls: tlsOf(config.credentials),
    proxy: proxyOf(config),
  };
}

/** @throws REST_NODE_PROXY_MISSING */
export function proxyOf(config: RestSettings): HttpRequest['proxy'] {
  if (!config.enableProxy) return undefined;
  if (config.useSystemProxyProperties) return 'system';
  const { proxyHost: host, proxyPort: port, proxyUser: user, proxyPassword: password } = config;
  if (host === null || host === undefined || host === '' || port === 0) throw restErrors.PROXY_MISSING();
  return { host, port, user: user ?? undefined, password: password ?? undefined };
}

function urlOf(message: Message, { restEndpointUrlPattern, queryParams }: RestSettings): string {
  const url = fillTemplate(restEndpointUrlPattern, message);
  if (queryParams === null || queryParams === undefined) return legacyUrl(url);
  const params = queryParams.map(({ key, value }) => ({ key: fillTemplate(key, message), value: fillTemplate(value, message) }));
  return urlWithParams(url, params);
}

function headersOf(message: Message, { headers, credentials }: RestSettings): Readonly<Record<string, string>> {
  const filled = Object.entries(headers).map(([name, value]) => [fillTemplate(name, message).trim(), fillTemplate(value, message).trim()] as const);
  for (const [name, value] of filled) {
    // A value that a device chose must not begin a header of its own.
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || !/^[\t -~\x80-\xff]*$/.test(value)) {
      throw restErrors.HEADER_INVALID({ name: name.slice(0, 200) });
    }
  }
  const basic =
    credentials.type === 'basic' ? { Authorization: `Basic ${base64(`${credentials.username ?? ''}:${credentials.password ?? ''}`)}` } : {};
  return { ...Object.fromEntries(filled), ...basic };
}

function bodyOf(message: Message, { requestBodyTemplate: template, parseToPlainText }: RestSettings): string {
  if (template !== null && template !== undefined && template.trim() !== '') return filledBody(message, template, parseToPlainText);
  if (parseToPlainText) return payloadOf(message, true);
  try {
    // The whole body, without the white space between its parts.
    return fillTemplate('$[*]', message);
  } catch (cause) {
    throw restErrors.BODY_INVALID(undefined, { cause });
  }
}

function filledBody(message: Message, template: string, isPlainText: boolean): string {
  if (isPlainText) return fillTemplate(template, message);
  const body = fillJsonTemplate(template, message);
  try {
    JSON.parse(body);
  } catch (cause) {
    throw restErrors.TEMPLATE_NOT_JSON({ reason: (cause as Error).message }, { cause });
  }
  return body;
}

const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
