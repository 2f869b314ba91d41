import { credentials, z } from '@fieldline/plugin-sdk';
import { ANSWER_KB_MAX, PARTS_MAX, READ_TIMEOUT_MS_MAX, TEMPLATE_LENGTH_MAX } from './limits.js';

const template = z.string().max(TEMPLATE_LENGTH_MAX);
const name = z.string().max(1_000).nullish();

/** Headers that say what is sent, not who sends it. The values of all others are secret. */
const openHeaders = ['accept', 'accept-charset', 'accept-encoding', 'accept-language', 'cache-control', 'content-type', 'user-agent'];

/** Settings of the REST API call node, as ThingsBoard writes them. */
export const restSettings = z.strictObject({
  restEndpointUrlPattern: template
    .min(1, 'name the URL')
    .describe('URL to call. May have `${metadataKey}` and `$[dataKey]`.')
    .meta({ title: 'Endpoint URL pattern' }),
  requestMethod: z
    .enum(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'])
    .default('POST')
    .describe('Method.')
    .meta({ title: 'Request method' }),
  queryParams: z
    .array(z.strictObject({ key: template.describe('Name of the parameter.'), value: template.describe('Its value. Both may have placeholders.') }))
    .max(PARTS_MAX)
    .nullish()
    .describe('Parameters that are added to the URL, each encoded once. Absent: they stand in the URL, where only what may not is encoded.')
    .meta({ title: 'Query parameters' }),
  headers: z
    .record(template, template)
    .refine((headers) => Object.keys(headers).length <= PARTS_MAX, `at most ${PARTS_MAX} headers`)
    .nullish()
    .transform((value) => value ?? {})
    .describe('Headers; names and values may have placeholders.')
    .meta({ title: 'Headers', secret: true, secretExcept: openHeaders }),
  credentials,
  ignoreRequestBody: z.boolean().default(false).describe('Sends no body.').meta({ title: 'Without request body' }),
  parseToPlainText: z
    .boolean()
    .default(false)
    .describe('Sends a body that is a JSON string as the text in it, without quotes.')
    .meta({ title: 'Parse to plain text' }),
  requestBodyTemplate: template
    .nullish()
    .describe('Body to send instead of that of the message: JSON with placeholders, whose values are escaped. Empty: the body of the message.')
    .meta({ title: 'Request body template', language: 'json' }),
  readTimeoutMs: z
    .int()
    .min(0)
    .max(READ_TIMEOUT_MS_MAX)
    .default(0)
    .describe('How long to wait for the answer, in milliseconds. 0: as long as the server allows.')
    .meta({ title: 'Read timeout (ms)' }),
  maxParallelRequestsCount: z
    .int()
    .min(0)
    .max(10_000)
    .default(0)
    .describe('Requests of this node that may run at once; others wait. 0: as many as the engine gives it, at most 64.')
    .meta({ title: 'Parallel requests, at most' }),
  enableProxy: z.boolean().default(false).describe('Calls through a proxy.').meta({ title: 'Enable proxy' }),
  useSystemProxyProperties: z
    .boolean()
    .default(false)
    .describe('Takes the proxy that the server is started with.')
    .meta({ title: 'Use system proxy' }),
  proxyHost: name.describe('Host of the proxy.').meta({ title: 'Proxy host' }),
  proxyPort: z.int().min(0).max(65_535).default(0).describe('Port of the proxy.').meta({ title: 'Proxy port' }),
  proxyUser: name.describe('User name at the proxy.').meta({ title: 'Proxy user' }),
  proxyPassword: name.describe('Password at the proxy.').meta({ title: 'Proxy password', secret: true }),
  maxInMemoryBufferSizeInKb: z
    .int()
    .min(1)
    .max(ANSWER_KB_MAX)
    .default(256)
    .describe('Longest body of an answer, in kilobytes; longer ones fail.')
    .meta({ title: 'Response size, at most (kB)' }),
});

export type RestSettings = z.output<typeof restSettings>;

/** Settings of a freshly dropped node. */
export const restDefaults: RestSettings = {
  restEndpointUrlPattern: 'http://localhost/api',
  requestMethod: 'POST',
  queryParams: [],
  headers: { 'Content-Type': 'application/json' },
  credentials: { type: 'anonymous' },
  ignoreRequestBody: false,
  parseToPlainText: false,
  requestBodyTemplate: null,
  readTimeoutMs: 0,
  maxParallelRequestsCount: 0,
  enableProxy: false,
  useSystemProxyProperties: false,
  proxyHost: null,
  proxyPort: 0,
  proxyUser: null,
  proxyPassword: null,
  maxInMemoryBufferSizeInKb: 256,
};

/** Steps from each earlier version to the next (rule-nodes.md §8). Absent query parameters stay absent: then the URL is read the old way. */
export const restMigrations = {
  0: (old: unknown): unknown => {
    const { trimDoubleQuotes = false, ...rest } = old as { trimDoubleQuotes?: unknown };
    return { parseToPlainText: trimDoubleQuotes, ...rest };
  },
  1: (old: unknown): unknown => {
    const { useRedisQueueForMsgPersistence: _redis, trimQueue: _trim, maxQueueSize: _size, ...rest } = old as Record<string, unknown>;
    return rest;
  },
  2: (old: unknown): unknown => ({ maxInMemoryBufferSizeInKb: 256, ...(old as object) }),
  3: (old: unknown): unknown => {
    const known = Object.entries(old as object).filter(([key]) => Object.hasOwn(restDefaults, key));
    return { requestBodyTemplate: null, ...Object.fromEntries(known) };
  },
};
