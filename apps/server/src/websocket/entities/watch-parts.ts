import type { LiveFeed } from '@fieldline/ports';
import type { FrameQueue } from '../frame-queue.js';
import type { UpdateRenderings } from './update-renderings.js';

/** What a watch over the entities of a page works with. */
export interface WatchParts {
  readonly cmdId: number;
  readonly queue: Pick<FrameQueue, 'send' | 'isBehind' | 'overflow'>;
  readonly feed: LiveFeed;
  readonly renderings: UpdateRenderings;
  /** Entities that the command may show, as every frame of it tells. */
  readonly allowedEntities: number;
}
