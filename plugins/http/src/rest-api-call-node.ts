import type { HttpAnswer, Message, Metadata } from '@fieldline/plugin-sdk';
import { defineRuleNode, fail, failOutside, route } from '@fieldline/plugin-sdk';
import { restErrors } from './errors.js';
import { statusNames } from './http-status.js';
import { RequestSlots } from './request-slots.js';
import { proxyOf, requestOf } from './rest-request.js';
import { restDefaults, restMigrations, restSettings } from './rest-settings.js';

/** Calls an HTTP service with each message; what it answers goes on. */
export const restApiCallNode = defineRuleNode({
  type: 'http.rest-api-call',
  version: 4,
  migrate: restMigrations,
  category: 'external',
  title: 'REST API call',
  summary: 'Calls an HTTP service and goes on with its answer.',
  docs: [
    'An answer of 200 to 299 leaves by `Success`: its body is the new body (`{}` where it is empty), and `status` (`OK`), `statusCode` (`200`),',
    '`statusReason` and every header of it are in the metadata; a header that came several times is a JSON array. Any other status leaves by',
    '`Failure` with the body as it was, the same metadata, and `error_body`. Redirects are not followed.',
    '',
    'A service that cannot be reached, does not answer in time or says too much leaves by `Failure` with `error` in the metadata. Addresses inside',
    'the own network are refused unless the server allows them (`FIELDLINE_OUTBOUND_ALLOW`); the error prints the entry to add.',
    '',
    'The body is sent with POST, PUT, PATCH and DELETE. In the **request body template** placeholders stand inside JSON: `{"name": "${deviceName}"}`.',
    'The request is sent after everything else that the message caused was stored, and again after a crash: the service may get it twice.',
  ].join('\n'),
  icon: 'webhook',
  thingsboard: { className: 'org.thingsboard.rule.engine.rest.TbRestApiCallNode', configurationVersion: 4 },
  relationTypes: ['Success'],
  config: restSettings,
  defaults: restDefaults,
  examples: [
    {
      title: 'ask a service about a device',
      config: {
        restEndpointUrlPattern: 'https://inventory.example/devices/${deviceName}',
        requestMethod: 'GET',
        queryParams: [{ key: 'since', value: '$[since]' }],
      },
      message: { type: 'POST_TELEMETRY_REQUEST', metadata: { deviceName: 'pump-3' }, data: { since: 5 } },
      to: 'Success',
      result: { metadata: { status: 'OK', statusCode: '200', statusReason: 'OK' } },
    },
  ],
  needs: ['http'],
  isExternal: true,
  onStart: ({ config }) => void proxyOf(config),
  connection: {
    open: ({ config }) => Promise.resolve(new RequestSlots(config.maxParallelRequestsCount)),
    close: () => Promise.resolve(),
    whenAway: () => 'wait',
  },
  async onMessage(message, { config, http, connection: slots }) {
    try {
      const request = requestOf(message, config);
      return answered(message, await slots.run(() => http.request(request)));
    } catch (error) {
      return failOutside(error as Error, message);
    }
  },
});

function answered(message: Message, { status, headers, text }: HttpAnswer) {
  const { name, reason } = statusNames(status);
  const isSuccess = status >= 200 && status <= 299;
  const metadata: Metadata = {
    ...message.metadata,
    status: name,
    statusCode: String(status),
    statusReason: reason,
    ...(isSuccess ? {} : { error_body: text }),
    ...Object.fromEntries(Object.entries(headers).map(([header, value]) => [header, typeof value === 'string' ? value : JSON.stringify(value)])),
  };
  if (isSuccess) return route('Success', message.with({ metadata, text: text === '' ? '{}' : text }));
  return fail(restErrors.STATUS({ status, reason }), message.with({ metadata }));
}
