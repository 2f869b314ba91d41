import {
  attributeScopes,
  fail,
  fillTemplate,
  route,
  z,
  type AttributesService,
  type EntityId,
  type Message,
  type Outcome,
  type TimeSeriesService,
} from '@fieldline/plugin-sdk';
import { enrichmentErrors } from './errors.js';
import { fetchTo, foundJson, foundValue, writerInto, type Found } from './write-found.js';

const names = (what: string, title: string) =>
  z.array(z.string()).nullable().default([]).describe(`${what} May hold \${metadata} and $[data].`).meta({ title });

/** Settings of the two nodes that fetch attributes and latest telemetry by their names. */
export const attributesFields = {
  fetchTo,
  clientAttributeNames: names('Attributes that the device wrote; they get the prefix cs_.', 'Client attributes'),
  sharedAttributeNames: names('Attributes that the device may read; they get the prefix shared_.', 'Shared attributes'),
  serverAttributeNames: names('Attributes that only the server sees; they get the prefix ss_.', 'Server attributes'),
  latestTsKeyNames: names('Keys whose latest telemetry value is added, without a prefix.', 'Latest telemetry'),
  tellFailureIfAbsent: z
    .boolean()
    .default(true)
    .describe('Whether a message leaves by Failure, with what was found, where something is missing.')
    .meta({ title: 'Tell failure if any of the attributes is missing' }),
  getLatestValueWithTs: z
    .boolean()
    .default(false)
    .describe('Adds telemetry as {"ts": …, "value": …} instead of the value alone.')
    .meta({ title: 'Fetch latest telemetry with timestamp' }),
};

type Settings = z.infer<z.ZodObject<typeof attributesFields>>;

export const attributesDefaults: Settings = {
  fetchTo: 'METADATA',
  clientAttributeNames: [],
  sharedAttributeNames: [],
  serverAttributeNames: [],
  latestTsKeyNames: [],
  tellFailureIfAbsent: true,
  getLatestValueWithTs: false,
};

const prefixes = { CLIENT_SCOPE: 'cs_', SHARED_SCOPE: 'shared_', SERVER_SCOPE: 'ss_' } as const;
interface Reads {
  readonly attributes: AttributesService;
  readonly timeSeries: TimeSeriesService;
}

/** One of the four lists: what was found under the keys it has in the message, and the names that were not. */
interface Part {
  readonly list: string;
  readonly found: readonly (readonly [string, Found])[];
  readonly absent: readonly string[];
}

/** @param entityOf finds whose values they are; asked after the body was looked at */
export async function withAttributes(
  message: Message,
  settings: Settings,
  reads: Reads,
  entityOf: () => EntityId | Promise<EntityId>,
): Promise<Outcome<'Success', never>> {
  const write = writerInto(message, settings.fetchTo);
  const entity = await entityOf();
  const parts = await Promise.all([
    ...attributeScopes.map((scope) => readScope(message, settings, reads, { entity, scope })),
    readLatest(message, settings, reads, entity),
  ]);
  const enriched = write(new Map(parts.flatMap(({ found }) => found)));
  const absent = parts.filter((part) => part.absent.length > 0).map((part) => `\t[${part.list}]:[${part.absent.join(', ')}]\n`);
  if (!settings.tellFailureIfAbsent || absent.length === 0) return route('Success', enriched);
  return fail(enrichmentErrors.KEYS_ABSENT({ absent: absent.join('') }), enriched);
}

async function readScope(
  message: Message,
  settings: Settings,
  { attributes }: Reads,
  { entity, scope }: { readonly entity: EntityId; readonly scope: keyof typeof prefixes },
): Promise<Part> {
  const listed = {
    CLIENT_SCOPE: settings.clientAttributeNames,
    SHARED_SCOPE: settings.sharedAttributeNames,
    SERVER_SCOPE: settings.serverAttributeNames,
  };
  const wanted = keysOf(message, listed[scope]);
  const stored = wanted.length === 0 ? [] : await attributes.read(entity, scope, wanted);
  return partOf(scope, wanted, new Map(stored.map((value) => [value.key, foundValue(value)])), prefixes[scope]);
}

async function readLatest(
  message: Message,
  { latestTsKeyNames, getLatestValueWithTs }: Settings,
  { timeSeries }: Reads,
  entity: EntityId,
): Promise<Part> {
  const wanted = keysOf(message, latestTsKeyNames);
  const stored = wanted.length === 0 ? [] : await timeSeries.latest(entity, wanted);
  const found = stored.map((point): [string, Found] => {
    const value = foundValue(point);
    return [point.key, getLatestValueWithTs ? foundJson(`{"ts":${point.tsMs},"value":${value.json}}`) : value];
  });
  return partOf('LATEST_TS', wanted, new Map(found), '');
}

function partOf(list: string, wanted: readonly string[], found: ReadonlyMap<string, Found>, prefix: string): Part {
  return {
    list,
    found: wanted.flatMap((key) => {
      const value = found.get(key);
      return value === undefined ? [] : [[`${prefix}${key}`, value] as const];
    }),
    absent: wanted.filter((key) => !found.has(key)),
  };
}

const keysOf = (message: Message, templates: readonly string[] | null): string[] => [
  ...new Set((templates ?? []).map((template) => fillTemplate(template, message))),
];
