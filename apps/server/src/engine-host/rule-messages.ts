import type { Clock, IdSource } from '@fieldline/kernel';
import type { ActionMessage, CustomerId, JsonObject, JsonValue } from '@fieldline/model';
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
    const profile = await profileOf(entities, action);
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

interface Profile {
  readonly defaultRuleChainId?: string | undefined;
  readonly defaultQueueName?: string | undefined;
}

/**
 * What the profile of a device or asset says, and a profile of itself; where it says nothing, the root chain of the tenant and
 * Main are meant. What was deleted is still in the body of the message about it (rule-engine.md §6).
 */
async function profileOf(entities: Pick<EntityStore, 'find'>, { tenantId, originator, data }: ActionMessage): Promise<Profile | undefined> {
  const { entityType, id } = originator;
  if (entityType === 'DEVICE') {
    const profileId = (await entities.find('device', tenantId, id))?.deviceProfileId ?? idIn(data, 'deviceProfileId');
    return profileId === undefined ? undefined : entities.find('deviceProfile', tenantId, profileId);
  }
  if (entityType === 'ASSET') {
    const profileId = (await entities.find('asset', tenantId, id))?.assetProfileId ?? idIn(data, 'assetProfileId');
    return profileId === undefined ? undefined : entities.find('assetProfile', tenantId, profileId);
  }
  if (entityType !== 'DEVICE_PROFILE' && entityType !== 'ASSET_PROFILE') return undefined;
  const profile = await entities.find(entityType === 'DEVICE_PROFILE' ? 'deviceProfile' : 'assetProfile', tenantId, id);
  const queueName = memberOf(data, 'defaultQueueName');
  return profile ?? { defaultRuleChainId: idIn(data, 'defaultRuleChainId'), defaultQueueName: typeof queueName === 'string' ? queueName : undefined };
}

/** The id that the body of a message has in the API's form, such as `{"id": "…"}`. */
function idIn(data: JsonValue, name: string): string | undefined {
  const id = memberOf(memberOf(data, name), 'id');
  return typeof id === 'string' ? id : undefined;
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as JsonObject)[name] : undefined;
}
