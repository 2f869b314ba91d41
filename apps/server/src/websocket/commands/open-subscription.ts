import type { EntityId, TenantId } from '@fieldline/model';
import { LiveSubscription, type SubscriptionOptions } from '../live-subscription.js';
import type { CommandContext } from './command-context.js';

/** Subscribes to an entity before its first frame is read, so that nothing that is stored meanwhile gets lost. */
export function openSubscription(
  id: number,
  context: CommandContext,
  { tenantId, entity, ...wanted }: { readonly tenantId: TenantId; readonly entity: EntityId } & Pick<SubscriptionOptions, 'selection' | 'wants'>,
): LiveSubscription {
  const { deps, queue } = context;
  const subscription = new LiveSubscription({ ...wanted, id, queue, renderings: deps.pages.renderings });
  context.onEnd(() => subscription.end());
  context.onEnd(deps.feed.subscribe(tenantId, entity, (update) => subscription.update(update)));
  return subscription;
}
