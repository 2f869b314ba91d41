import { allAtOnce, defineRuleNode, route, z, type EntitiesService, type Message, type Outcome } from '@fieldline/plugin-sdk';
import { enrichmentErrors } from './errors.js';
import { fetchTo, foundJson, foundText, withFetchTo, writerInto, type FetchTo } from './write-found.js';

/** Types whose credentials are an object, not a single text. */
const withObject: ReadonlySet<string> = new Set(['MQTT_BASIC', 'LWM2M_CREDENTIALS']);

/** Adds the type and the secret of the credentials of the device the message is about. */
export const deviceCredentialsNode = defineRuleNode({
  type: 'enrichment.device-credentials',
  version: 1,
  migrate: { 0: withFetchTo('fetchToMetadata', 'METADATA') },
  category: 'enrichment',
  title: 'Fetch device credentials',
  summary: 'Adds what the device proves itself with.',
  docs: [
    'Adds `credentialsType` (`ACCESS_TOKEN`, `X509_CERTIFICATE`, `MQTT_BASIC` or `LWM2M_CREDENTIALS`) and `credentials`: the token, the certificate, or an',
    'object with the parts of the others. These are secrets: whoever gets the message, and whoever sees debug events of the nodes that follow, can act as',
    'the device. Messages about anything but devices leave by `Failure`.',
  ].join('\n'),
  icon: 'key',
  thingsboard: { className: 'org.thingsboard.rule.engine.metadata.TbFetchDeviceCredentialsNode', configurationVersion: 1 },
  relationTypes: ['Success'],
  config: z.strictObject({ fetchTo }),
  defaults: { fetchTo: 'METADATA' },
  examples: [
    {
      title: 'Adds the token of a device to the metadata.',
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'Success',
      result: { metadata: { credentialsType: 'ACCESS_TOKEN', credentials: 'token-a' } },
    },
  ],
  needs: ['entities'],
  onMessage: (message, { config, entities }) => withCredentials(message, config.fetchTo, entities),
  onBatch: (messages, { config, entities }) => allAtOnce(messages, (message) => withCredentials(message, config.fetchTo, entities)),
});

async function withCredentials(message: Message, target: FetchTo, entities: EntitiesService): Promise<Outcome<'Success', never>> {
  const write = writerInto(message, target);
  const { originator } = message;
  if (originator.entityType !== 'DEVICE') throw enrichmentErrors.ORIGINATOR_TYPE_UNSUPPORTED(originator);
  const credentials = await entities.credentialsOf(originator);
  if (credentials === undefined) throw enrichmentErrors.CREDENTIALS_NOT_FOUND(originator);
  const { type, value } = credentials;
  const secret = withObject.has(type) ? foundJson(value) : foundText(value);
  return route(
    'Success',
    write(
      new Map([
        ['credentialsType', foundText(type)],
        ['credentials', secret],
      ]),
    ),
  );
}
