import { defineErrors, defineRuleNode, fail, route, z } from '@fieldline/plugin-sdk';

const errors = defineErrors('PLUGIN_NAME_TEMPLATE_NAME', {
  ANSWER_REFUSED: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { status: number }) => `The service answered with status ${d.status}.`,
    remedy: 'Look at the log of the service, and at the address in the settings of the node.',
  },
});

/** Sends the body of the message to an HTTP service. */
export const templateNode = defineRuleNode({
  type: 'plugin-name.template-name',
  version: 1,
  category: 'external',
  title: 'Template title',
  summary: 'Sends the body of the message to an HTTP service.',
  docs: [
    'The message goes on unchanged by `Success` where the service answers with 200 to 299, else by `Failure`.',
    'It is sent after everything else that the message caused was stored, and again after a crash: the service may get it twice.',
  ].join('\n'),
  icon: 'cloud-upload',
  relationTypes: ['Success'],
  config: z.strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .max(2_000)
      .describe('Address that the body is posted to.')
      .meta({ title: 'URL' }),
    timeoutMs: z.int().min(1).max(60_000).default(10_000).describe('Longest wait for an answer. Milliseconds.').meta({ title: 'Timeout' }),
  }),
  defaults: { url: 'https://service.example/readings', timeoutMs: 10_000 },
  examples: [{ title: 'a service that answers', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } }, to: 'Success' }],
  needs: ['http'],
  // Handed over in the commit, so that a slow service never holds up a device.
  isExternal: true,
  async onMessage(message, { config: { url, timeoutMs }, http }) {
    const headers = { 'content-type': 'application/json' };
    const { status } = await http.request({ method: 'POST', url, headers, body: message.text, timeoutMs, answerBytesMax: 65_536 });
    if (status < 200 || status > 299) return fail(errors.ANSWER_REFUSED({ status }), message);
    return route('Success', message);
  },
});
