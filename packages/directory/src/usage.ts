import type { Caller } from '@fieldline/ports';
import type { DirectoryDeps } from './directory-deps.js';
import type { LimitedKind } from './tenant-limits.js';
import { limitedKinds, TenantLimits } from './tenant-limits.js';

/** How many entities of a kind a tenant has, and how many it may have; 0 is unlimited. */
export type Usage = Readonly<Record<LimitedKind, { readonly used: number; readonly limit: number }>>;

/** What the caller's tenant has of that which its profile limits. */
export async function usageOf(deps: Pick<DirectoryDeps, 'entities'>, caller: Caller): Promise<Usage> {
  const { tenantId } = caller;
  const limits = new TenantLimits(deps.entities);
  const kinds = Object.keys(limitedKinds) as LimitedKind[];
  const rows = kinds.map(async (kind) => {
    const [used, limit] = await Promise.all([deps.entities.count(kind, tenantId), limits.limit(tenantId, limitedKinds[kind].member)]);
    return [kind, { used, limit }] as const;
  });
  return Object.fromEntries(await Promise.all(rows)) as unknown as Usage;
}
