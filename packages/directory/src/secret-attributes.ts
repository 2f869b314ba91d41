import { secretAttributes } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';

/** What names an attribute; attributes, columns and conditions of queries all do. */
interface Keyed {
  readonly key: string;
}

/** Those that the caller may see, of entities it may read: customers' users see no attribute that holds a secret. */
export function visibleTo<T extends Keyed>(caller: Caller, keyed: readonly T[]): readonly T[] {
  return keyed.filter((each) => isVisible(caller, each));
}

/** As `visibleTo`, for one. */
export function isVisible({ authority }: Caller, { key }: Keyed): boolean {
  return authority !== 'CUSTOMER_USER' || !secretAttributes.has(key);
}
