import type { EntityKind, EntityOf } from './entities.js';

/** A set of fields that no two entities of a kind may share. Absent values never clash. */
export interface UniqueRule<K extends EntityKind> {
  /** Within one tenant, or in the whole system. */
  readonly within: 'tenant' | 'system';
  readonly field: keyof EntityOf<K> & string;
  /** True where upper and lower case are the same. */
  readonly ignoresCase?: boolean;
}

/** What every store of entities must know about a kind besides its schema. */
export interface EntityRules<K extends EntityKind> {
  readonly unique: readonly UniqueRule<K>[];
  /** Fields in which `textSearch` looks, without case. */
  readonly searched: readonly (keyof EntityOf<K> & string)[];
}

/** The rules of each kind of entity, for the adapters of `EntityStore`. */
export const entityRules: { readonly [K in EntityKind]: EntityRules<K> } = {
  tenant: { unique: [], searched: ['name'] },
  user: { unique: [{ within: 'system', field: 'email', ignoresCase: true }], searched: ['email', 'firstName', 'lastName'] },
  userCredentials: { unique: [{ within: 'system', field: 'userId' }], searched: [] },
  device: { unique: [{ within: 'tenant', field: 'name' }], searched: ['name', 'label', 'type'] },
  deviceProfile: { unique: [{ within: 'tenant', field: 'name' }], searched: ['name', 'description'] },
  deviceCredentials: {
    unique: [
      { within: 'system', field: 'credentialsId' },
      { within: 'system', field: 'deviceId' },
    ],
    searched: [],
  },
  ruleChain: { unique: [], searched: ['name'] },
};
