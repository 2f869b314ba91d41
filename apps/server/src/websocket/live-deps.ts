import type { Clock, Log } from '@fieldline/kernel';
import type { AttributeReader, LiveFeed, TimeSeriesReader } from '@fieldline/ports';
import type { LedgerFeed } from './ledger-feed.js';
import type { LiveRights } from './live-rights.js';

/** What commands of the WebSocket API stand on. */
export interface LiveDeps {
  readonly series: TimeSeriesReader;
  readonly attributes: AttributeReader;
  readonly feed: LiveFeed;
  readonly ledgers: LedgerFeed;
  readonly rights: LiveRights;
  readonly clock: Clock;
  readonly log: Log;
}
