import { valueJson } from '@fieldline/api-contract';
import { attributeScopes, secretAttributes, type AttributeScope, type EntityId, type TenantId, type TypedValue } from '@fieldline/model';
import type { AttributeReader, EntityStore, LearnedKey, LearnedTypesReader, ManyEntitiesReader } from '@fieldline/ports';
import { PROFILE_DEVICES_LOOKED_AT, STORED_KEYS_TOLD_MAX } from '../limits.js';
import { exampleOf, KeyFacts } from './key-facts.js';

export interface ProfileKeysDeps {
  readonly entities: Pick<EntityStore, 'findAllInfos'>;
  readonly many: ManyEntitiesReader;
  readonly attributes: AttributeReader;
  readonly learned: LearnedTypesReader;
}

/** A key with what is known of its values. */
export interface ProfileKey extends Omit<LearnedKey, 'messages' | 'devices'> {
  /** Of 0 to 1; absent where messages are not what is counted. */
  readonly messageShare?: number | undefined;
  readonly deviceShare: number;
}

/** What there is to be expected of a device of a profile. */
export interface ProfileKeys {
  /** The most frequent first. */
  readonly telemetry: readonly ProfileKey[];
  readonly attributes: Readonly<Record<AttributeScope, readonly ProfileKey[]>>;
}

/**
 * Keys of the devices of a profile: of telemetry what was learned from messages, and what is stored besides; of attributes
 * what is stored. Of stored values a few devices are looked at, the oldest, and so many keys: of telemetry the first by name,
 * of attributes the most frequent.
 */
export async function profileKeys(
  { entities, many, attributes, learned }: ProfileKeysDeps,
  tenantId: TenantId,
  deviceProfileId: string,
): Promise<ProfileKeys> {
  const devices = await entities.findAllInfos('device', tenantId, { deviceProfileId }, PROFILE_DEVICES_LOOKED_AT);
  const ids = devices.map(({ id }): EntityId => ({ entityType: 'DEVICE', id }));
  const known = await learned.learned(tenantId, deviceProfileId);
  const telemetry = (known?.keys ?? []).map(({ messages, devices: having, ...key }): ProfileKey => ({
    ...key,
    messageShare: share(messages, known?.messages ?? 0),
    deviceShare: share(having, known?.devices ?? 0),
  }));
  const learnedKeys = new Set(telemetry.map(({ key }) => key));
  const stored = (await many.keysOfMany(tenantId, ids)).filter((key) => !learnedKeys.has(key)).slice(0, STORED_KEYS_TOLD_MAX);
  const latest = stored.length === 0 ? [] : await many.latestOfMany(tenantId, ids, stored);
  const timed = latest.flat().map(({ tsMs, ...point }) => ({ ...point, atMs: tsMs }));
  const ofScopes = await Promise.all(
    attributeScopes.map(async (scope) => [scope, keysOf(await valuesOf(attributes, tenantId, ids, scope), ids.length)] as const),
  );
  return { telemetry: [...telemetry, ...keysOf(timed, ids.length)], attributes: Object.fromEntries(ofScopes) as ProfileKeys['attributes'] };
}

interface KeyedValue extends TypedValue {
  readonly key: string;
  readonly atMs: number;
}

async function valuesOf(
  reader: AttributeReader,
  tenantId: TenantId,
  ids: readonly EntityId[],
  scope: AttributeScope,
): Promise<readonly KeyedValue[]> {
  const found = await Promise.all(ids.map((id) => reader.attributes(tenantId, id, scope)));
  return found.flat().flatMap(({ lastUpdateMs: atMs, ...value }) => (secretAttributes.has(value.key) ? [] : [{ ...value, atMs }]));
}

/** What stored values tell, of which each device has one. */
function keysOf(values: readonly KeyedValue[], devices: number): readonly ProfileKey[] {
  const facts = new Map<string, KeyFacts>();
  const inOrder = [...values].sort((a, b) => a.atMs - b.atMs);
  for (const { key, atMs, ...value } of inOrder) {
    const known = facts.get(key) ?? new KeyFacts();
    facts.set(key, known);
    known.seeStored(value.kind, typeof value.value === 'bigint' ? Number(value.value) : exampleOf(valueJson(value)), atMs);
  }
  const told = [...facts].map(([key, known]) => {
    const { messages, devices: _, ...rest } = known.told(key);
    return { ...rest, deviceShare: share(messages, devices) };
  });
  return told.sort((a, b) => b.deviceShare - a.deviceShare).slice(0, STORED_KEYS_TOLD_MAX);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.min(part / whole, 1);
}
