import { ValueKind, type AttributeScope, type JsonValue } from '@fieldline/model';
import * as z from 'zod';

const kindNames = {
  [ValueKind.boolean]: 'boolean',
  [ValueKind.long]: 'long',
  [ValueKind.double]: 'double',
  [ValueKind.string]: 'string',
  [ValueKind.json]: 'json',
} as const;
const share = z.number().min(0).max(1);

/** What is known of a key of the devices of a profile. */
export const wireProfileKeySchema = z.strictObject({
  key: z.string().describe('Name.'),
  kinds: z
    .array(
      z.strictObject({
        kind: z.enum(['boolean', 'long', 'double', 'string', 'json']).describe('Kind.'),
        share: share.describe('Of its values, 0 to 1.'),
      }),
    )
    .describe('Kinds of its values, the commonest first.'),
  min: z.number().nullable().describe('Smallest number; null where there was none.'),
  max: z.number().nullable().describe('Largest number; null where there was none.'),
  lastSeenTs: z.int().describe('When it was last seen, in milliseconds since 1970.'),
  messageShare: share.nullable().describe('Messages that have it, 0 to 1; null where only stored values were looked at.'),
  deviceShare: share.describe('Devices that have it, 0 to 1.'),
  examples: z.array(z.json()).describe('Some values, the newest first; texts are cut, of objects the names of members are told.'),
});
export type WireProfileKey = z.infer<typeof wireProfileKeySchema>;
const keyList = z.array(wireProfileKeySchema);

/** Answer of `GET /api/fieldline/deviceProfile/{deviceProfileId}/keys`. */
export const wireProfileKeysSchema = z.strictObject({
  telemetry: keyList.describe('Keys of telemetry, the most frequent first.'),
  attributes: z
    .strictObject({
      CLIENT_SCOPE: keyList.describe('What devices told.'),
      SHARED_SCOPE: keyList.describe('What devices are told.'),
      SERVER_SCOPE: keyList.describe('What devices do not see.'),
    })
    .describe('Keys of attributes.'),
});
export type WireProfileKeys = z.infer<typeof wireProfileKeysSchema>;

interface KnownKey {
  readonly key: string;
  readonly kinds: readonly { readonly kind: ValueKind; readonly count: number }[];
  readonly range?: { readonly min: number; readonly max: number } | undefined;
  readonly lastSeenMs: number;
  readonly messageShare?: number | undefined;
  readonly deviceShare: number;
  readonly examples: readonly JsonValue[];
}

export function profileKeysToWire(keys: {
  readonly telemetry: readonly KnownKey[];
  readonly attributes: Readonly<Record<AttributeScope, readonly KnownKey[]>>;
}): WireProfileKeys {
  const { CLIENT_SCOPE, SHARED_SCOPE, SERVER_SCOPE } = keys.attributes;
  const attributes = {
    CLIENT_SCOPE: CLIENT_SCOPE.map(keyToWire),
    SHARED_SCOPE: SHARED_SCOPE.map(keyToWire),
    SERVER_SCOPE: SERVER_SCOPE.map(keyToWire),
  };
  return { telemetry: keys.telemetry.map(keyToWire), attributes };
}

function keyToWire({ key, kinds, range, lastSeenMs, messageShare, deviceShare, examples }: KnownKey): WireProfileKey {
  const values = kinds.reduce((sum, { count }) => sum + count, 0);
  return {
    key,
    kinds: kinds.map(({ kind, count }) => ({ kind: kindNames[kind], share: count / values })),
    min: range?.min ?? null,
    max: range?.max ?? null,
    lastSeenTs: lastSeenMs,
    messageShare: messageShare ?? null,
    deviceShare,
    examples: examples as WireProfileKey['examples'],
  };
}
