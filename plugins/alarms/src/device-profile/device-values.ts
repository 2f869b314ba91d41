import type { DynamicValue } from './alarm-rules.js';
import type { KnownValue } from './device-state.js';

type Found = NonNullable<KnownValue>;

/** The values that rules look at, at one moment. */
export class DeviceValues {
  readonly #own: Readonly<Record<string, KnownValue>>;
  readonly #owners: Owners;

  constructor(own: Readonly<Record<string, KnownValue>>, owners: Owners) {
    this.#own = own;
    this.#owners = owners;
  }

  /** A value of the device by its name. */
  get(name: string): Found | undefined {
    return (Object.hasOwn(this.#own, name) ? this.#own[name] : undefined) ?? undefined;
  }

  /** The attribute that stands for a value: of the source, else, where that inherits, of its owners. */
  dynamic(value: DynamicValue | null | undefined): Found | undefined {
    const key = value?.sourceAttribute;
    if (value === null || value === undefined || !key) return undefined;
    const isInherited = value.inherit === true;
    switch (value.sourceType) {
      case 'CURRENT_DEVICE':
        return this.get(`a:${key}`) ?? (isInherited ? (this.#owners.customer.get(key) ?? this.#owners.tenant.get(key)) : undefined);
      case 'CURRENT_CUSTOMER':
        return this.#owners.customer.get(key) ?? (isInherited ? this.#owners.tenant.get(key) : undefined);
      case 'CURRENT_TENANT':
        return this.#owners.tenant.get(key);
      default:
        return undefined;
    }
  }
}

/** Server attributes of those who own the device. */
export interface Owners {
  readonly customer: ReadonlyMap<string, Found>;
  readonly tenant: ReadonlyMap<string, Found>;
}
