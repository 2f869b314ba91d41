import type { Clock, Log } from '@fieldline/kernel';
import type { AlarmReader, AttributeReader, LiveFeed, ManyEntitiesReader, TimeSeriesReader } from '@fieldline/ports';
import type { AlarmViews } from '../rest/alarm-views.js';
import type { EntityPages } from './entities/entity-pages.js';
import type { LedgerFeed } from './ledger-feed.js';
import type { LiveLimits } from './live-limits.js';
import type { LiveRights } from './live-rights.js';
import type { LiveQuestions } from './waiting-reads.js';

/** What commands of the WebSocket API stand on. */
export interface LiveDeps {
  readonly series: TimeSeriesReader;
  readonly attributes: AttributeReader;
  readonly many: ManyEntitiesReader;
  readonly alarms: AlarmReader;
  /** Questions about many entities and alarms, by the rights of the caller. */
  readonly questions: LiveQuestions;
  readonly pages: EntityPages;
  readonly alarmViews: AlarmViews;
  readonly feed: LiveFeed;
  readonly ledgers: LedgerFeed;
  readonly rights: LiveRights;
  readonly limits: LiveLimits;
  readonly clock: Clock;
  readonly log: Log;
}
