import {
  fillTemplate,
  route,
  z,
  type AttributesService,
  type EntitiesService,
  type EntityId,
  type Message,
  type Outcome,
  type TimeSeriesService,
} from '@fieldline/plugin-sdk';
import { enrichmentErrors } from './errors.js';
import { fieldText } from './entity-fields.js';
import { fetchTo, foundText, foundValue, writerInto, type FetchTo, type Found } from './write-found.js';

/** Where values come from, and under which keys they get into the message. */
export const dataMapping = z
  .record(z.string(), z.string())
  .refine((mapping) => Object.keys(mapping).length > 0, 'name at least one key')
  .describe('From the key at the entity to the key in the message. Both may hold ${metadata} and $[data], except names of fields.')
  .meta({ title: 'Mapping' });

const sources = ['ATTRIBUTES', 'LATEST_TELEMETRY'] as const;

/** Settings of the nodes that fetch values of the customer and of the tenant. */
export const ownerDataFields = {
  fetchTo,
  dataToFetch: z.enum(sources).describe('Server attributes, or latest telemetry.').meta({ title: 'Data to fetch' }),
  dataMapping,
};

export const ownerDataDefaults = { fetchTo: 'METADATA', dataToFetch: 'ATTRIBUTES', dataMapping: { alarmThreshold: 'threshold' } } as const;

export const relatedSources = z
  .enum([...sources, 'FIELDS'])
  .describe('Server attributes, latest telemetry, or fields such as name, type and label.')
  .meta({ title: 'Data to fetch' });

interface Settings {
  readonly fetchTo: FetchTo;
  readonly dataToFetch: z.infer<typeof relatedSources>;
  readonly dataMapping: Readonly<Record<string, string>>;
}

interface Reads {
  readonly attributes: AttributesService;
  readonly timeSeries: TimeSeriesService;
  readonly entities: EntitiesService;
}

/**
 * Adds the mapped values of an entity; those it does not have are passed over.
 *
 * @param entityOf finds whose values they are; asked after the body was looked at
 */
export async function withEntityData(
  message: Message,
  settings: Settings,
  reads: Reads,
  entityOf: () => EntityId | Promise<EntityId>,
): Promise<Outcome<'Success', never>> {
  const write = writerInto(message, settings.fetchTo);
  const entity = await entityOf();
  const isTemplate = settings.dataToFetch !== 'FIELDS';
  const mapping = new Map(
    Object.entries(settings.dataMapping).map(([from, to]) => [isTemplate ? fillTemplate(from, message) : from, fillTemplate(to, message)]),
  );
  const found = await valuesOf(entity, [...mapping.keys()], settings.dataToFetch, reads);
  return route('Success', write(new Map(Array.from(found, ([from, value]) => [mapping.get(from) ?? from, value]))));
}

/** In the order of the keys, so that of two with one target the last counts. */
async function valuesOf(entity: EntityId, keys: readonly string[], source: Settings['dataToFetch'], reads: Reads): Promise<[string, Found][]> {
  if (source === 'FIELDS') {
    const known = await reads.entities.find(entity);
    if (known === undefined) throw enrichmentErrors.ENTITY_NOT_FOUND(entity);
    return keys.flatMap((key) => {
      const text = fieldText(known.json, key);
      return text ? [[key, foundText(text)]] : [];
    });
  }
  const stored = source === 'ATTRIBUTES' ? await reads.attributes.read(entity, 'SERVER_SCOPE', keys) : await reads.timeSeries.latest(entity, keys);
  const byKey = new Map(stored.map((value) => [value.key, foundValue(value)]));
  return keys.flatMap((key) => {
    const value = byKey.get(key);
    return value === undefined ? [] : [[key, value]];
  });
}

/** Version 0 called the mapping after attributes, said with a switch where they come from, and knew only the metadata. */
export function withDataMapping(old: unknown): unknown {
  const { attrMapping, telemetry, ...rest } = old as Readonly<Record<string, unknown>>;
  return {
    ...rest,
    dataMapping: attrMapping,
    dataToFetch: telemetry === true ? 'LATEST_TELEMETRY' : 'ATTRIBUTES',
    fetchTo: 'METADATA',
  };
}
