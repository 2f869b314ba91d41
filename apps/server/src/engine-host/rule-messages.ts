import type { Clock, IdSource } from '@fieldline/kernel';
import type { ActionMessage, CustomerId, EntityId, TenantId } from '@fieldline/model';
import { Message } from '@fieldline/model';
import type { EntityStore, MessageQueue, QueuedMessage, RuleMessages } from '@fieldline/ports';

export interface RuleMessagesDeps {
  readonly queue: MessageQueue;
  readonly entities: Pick<EntityStore, 'find'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Told of messages that could not be run, after `send` has returned. */
  readonly onFailure: (error: unknown) => void;
}

/** Queue and partition of messages that the platform makes itself: those of the device intake, so that both keep one order. */
const MAIN = { queueName: 'Main', partition: 0 } as const;

/** Puts messages about actions into the queue of the engine, each for the rule chain of its originator's profile. */
export function ruleMessages({ queue, entities, clock, ids, onFailure }: RuleMessagesDeps): RuleMessages {
  const queued = async (action: ActionMessage): Promise<QueuedMessage> => {
    const { tenantId, type, originator, metadata, data } = action;
    const customerId = action.customerId as CustomerId | undefined;
    // As text, so that numbers beyond the exact range of JavaScript stay as they are.
    const text = JSON.stringify(data);
    const message = new Message({ tenantId, type, originator, customerId, tsMs: clock.nowMs(), metadata, text }, ids);
    return { message, ruleChainId: await ruleChainOf(entities, tenantId, originator) };
  };
  return {
    async send(actions) {
      if (actions.length === 0) return;
      const messages = await Promise.all(actions.map(queued));
      queue.enqueue({ ...MAIN, messages }).catch(onFailure);
    },
  };
}

/** The default rule chain of the profile of a device or asset; undefined means the root chain of the tenant. */
async function ruleChainOf(entities: Pick<EntityStore, 'find'>, tenantId: TenantId, { entityType, id }: EntityId): Promise<string | undefined> {
  if (entityType === 'DEVICE') {
    const device = await entities.find('device', tenantId, id);
    return device && (await entities.find('deviceProfile', tenantId, device.deviceProfileId))?.defaultRuleChainId;
  }
  if (entityType !== 'ASSET') return undefined;
  const asset = await entities.find('asset', tenantId, id);
  return asset && (await entities.find('assetProfile', tenantId, asset.assetProfileId))?.defaultRuleChainId;
}
