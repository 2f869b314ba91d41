import type { Clock, IdSource, Log } from '@fieldline/kernel';
import type { Durability, MessageQueue } from '@fieldline/ports';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { queues } from '../adapters.js';
import type { Settings } from '../config/settings.js';
import { configErrors } from '../errors.js';

/** Messages that may wait for the engine. The byte budget of the gateway is reached first; this is the second bound. */
const QUEUE_DEPTH_MAX = 1_000_000;

export interface QueueParts {
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  /** Told what the queue keeps when its process or its server ends, whenever that changes; undefined while it cannot be reached. */
  readonly onState: (durability: Durability | undefined) => void;
}

/**
 * Opens the queue that the settings name.
 *
 * @throws CONFIG_REDIS_URL_MISSING, QUEUE_UNAVAILABLE, QUEUE_EVICTS
 */
export async function openQueue(settings: Settings, parts: QueueParts): Promise<MessageQueue> {
  if (settings.FIELDLINE_QUEUE === 'memory') {
    parts.onState('memory');
    const { memoryQueue } = await queues.memory();
    return memoryQueue({ depthMax: QUEUE_DEPTH_MAX });
  }
  const url = settings.REDIS_URL;
  if (url === undefined) throw configErrors.REDIS_URL_MISSING();
  const { openBullmqQueue } = await queues.bullmq();
  // One process at a time uses a data folder: what is in Redis under its id is its own, and its predecessor has ended.
  const ownerId = queueId(settings.FIELDLINE_DATA_DIR, parts.ids);
  const onConnection = (durability: Durability | undefined): void => {
    if (durability === 'memory') parts.log.warn('queue-not-kept-on-disk', { remedy: 'Set `appendonly yes` in Redis.' });
    parts.onState(durability);
  };
  return openBullmqQueue({ ...parts, url, prefix: `fieldline:${ownerId}`, ownerId, depthMax: QUEUE_DEPTH_MAX, onConnection });
}

/** The id under which this data folder has its queues in Redis; made with the first start. */
function queueId(folder: string, ids: IdSource): string {
  const path = join(folder, 'queue-id');
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw configErrors.DATA_DIR_UNUSABLE({ path, reason: (error as Error).message }, { cause: error });
  }
  const made = ids.next();
  writeFileSync(path, `${made}\n`, { mode: 0o600, flag: 'wx', flush: true });
  return made;
}
