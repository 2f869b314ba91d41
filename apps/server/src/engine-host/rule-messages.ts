import type { Clock, IdSource } from '@fieldline/kernel';
import type { ActionMessage, CustomerId, EntityId, TenantId } from '@fieldline/model';
import { Message } from '@fieldline/model';
import type { EntityStore, MessageQueue, Partitioner, QueuedMessage, QueuePartition, RuleMessages } from '@fieldline/ports';
import { WaitingMessages } from './waiting-messages.js';

export interface RuleMessagesDeps {
  readonly queue: MessageQueue;
  /** As for the device intake, so that messages of both keep one order. */
  readonly partitionOf: Partitioner;
  readonly entities: Pick<EntityStore, 'find'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Told of messages that could not be run, after `send` has returned. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Puts messages about actions into queues of the engine, each for the rule chain and queue of its originator's profile. Nobody
 * sends them again, so they wait while the queue is away.
 */
export function ruleMessages({ queue, partitionOf, entities, clock, ids, onFailure }: RuleMessagesDeps): RuleMessages {
  const waiting = new WaitingMessages({ queue, clock, onFailure });
  const queued = async (action: ActionMessage): Promise<{ readonly partition: QueuePartition; readonly made: QueuedMessage }> => {
    const { tenantId, type, originator, metadata, data } = action;
    const customerId = action.customerId as CustomerId | undefined;
    // As text, so that numbers beyond the exact range of JavaScript stay as they are.
    const text = action.text ?? JSON.stringify(data);
    const message = new Message({ tenantId, type, originator, customerId, tsMs: clock.nowMs(), metadata, text }, ids);
    const profile = await profileOf(entities, tenantId, originator);
    const partition = partitionOf(tenantId, originator.id, action.queueName ?? profile?.defaultQueueName);
    return { partition, made: { message, ruleChainId: profile?.defaultRuleChainId } };
  };
  return {
    async send(actions) {
      if (actions.length === 0) return;
      const batches = new Map<QueuePartition, QueuedMessage[]>();
      for (const { partition, made } of await Promise.all(actions.map(queued))) {
        const batch = batches.get(partition);
        if (batch === undefined) batches.set(partition, [made]);
        else batch.push(made);
      }
      for (const [partition, messages] of batches) waiting.put({ ...partition, messages });
    },
  };
}

/** What the profile of a device or asset says; where it says nothing, the root chain of the tenant and Main are meant. */
async function profileOf(
  entities: Pick<EntityStore, 'find'>,
  tenantId: TenantId,
  { entityType, id }: EntityId,
): Promise<{ readonly defaultRuleChainId?: string | undefined; readonly defaultQueueName?: string | undefined } | undefined> {
  if (entityType === 'DEVICE') {
    const device = await entities.find('device', tenantId, id);
    return device && entities.find('deviceProfile', tenantId, device.deviceProfileId);
  }
  if (entityType !== 'ASSET') return undefined;
  const asset = await entities.find('asset', tenantId, id);
  return asset && entities.find('assetProfile', tenantId, asset.assetProfileId);
}
