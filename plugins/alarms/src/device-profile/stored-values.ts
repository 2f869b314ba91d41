import {
  type AttributeScope,
  type AttributesService,
  type EntitiesService,
  type EntityId,
  type TenantId,
  type TimeSeriesService,
  typedValue,
} from '@fieldline/plugin-sdk';
import { knownOf, type KnownValue } from './device-state.js';
import type { Owners } from './device-values.js';
import type { ProfileRules } from './profile-rules.js';

interface Stores {
  readonly attributes: AttributesService;
  readonly entities: EntitiesService;
  readonly timeSeries: TimeSeriesService;
  readonly tenantId: TenantId;
}

/** True for the name of a field of the device, such as its label. */
export const isField = (name: string): boolean => name.startsWith('f:');

/** The values that rules look at: those known already, and the others as they are stored. */
export async function currentValues(
  device: EntityId,
  { names }: ProfileRules,
  before: Readonly<Record<string, KnownValue>>,
  { timeSeries, attributes, entities }: Stores,
): Promise<Record<string, KnownValue>> {
  const values: Record<string, KnownValue> = {};
  const missing: Record<'t' | 'a' | 'f', string[]> = { t: [], a: [], f: [] };
  for (const name of names) {
    // Fields are read each time: no message tells of them here.
    if (!isField(name) && Object.hasOwn(before, name)) values[name] = before[name] ?? null;
    else {
      values[name] = null;
      missing[name[0] as 't' | 'a' | 'f'].push(name.slice(2));
    }
  }
  if (missing.t.length > 0) for (const point of await timeSeries.latest(device, missing.t)) values[`t:${point.key}`] = knownOf(point);
  if (missing.a.length > 0) {
    // Of one key in several scopes that of the server counts, then the shared one.
    for (const scope of ['CLIENT_SCOPE', 'SHARED_SCOPE', 'SERVER_SCOPE'] satisfies AttributeScope[]) {
      for (const attribute of await attributes.read(device, scope, missing.a)) values[`a:${attribute.key}`] = knownOf(attribute);
    }
  }
  if (missing.f.length > 0) {
    const json = (await entities.find(device))?.json ?? {};
    for (const field of missing.f) {
      const typed = typedValue(json[field] ?? null);
      values[`f:${field}`] = typed === undefined ? null : knownOf(typed);
    }
  }
  return values;
}

/** Server attributes of the customer and the tenant, as far as rules ask for them. */
export async function ownersOf(device: EntityId, { ownerKeys }: ProfileRules, { attributes, entities, tenantId }: Stores): Promise<Owners> {
  const read = async (owner: EntityId | undefined): Promise<Owners['tenant']> => {
    const found = owner === undefined || ownerKeys.length === 0 ? [] : await attributes.read(owner, 'SERVER_SCOPE', ownerKeys);
    return new Map(found.map((attribute) => [attribute.key, knownOf(attribute)]));
  };
  const customer = ownerKeys.length === 0 ? undefined : await entities.customerOf(device);
  const [ofCustomer, ofTenant] = await Promise.all([read(customer), read({ entityType: 'TENANT', id: tenantId })]);
  return { customer: ofCustomer, tenant: ofTenant };
}
