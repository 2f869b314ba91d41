import { alarmStatusFrame } from '@fieldline/api-contract';
import type { Alarm, AlarmSeverity, EntityId, TenantId } from '@fieldline/model';
import type { LiveAlarms } from '@fieldline/ports';
import type { CommandContext } from '../commands/command-context.js';
import { ACTIVE_ALARMS_KNOWN_MAX, CHANGED_ALARMS_MAX } from './limits.js';
import { Requeries } from './requeries.js';

/** Alarms raised by an entity itself; empty lists are no restriction. */
export interface StatusWatched {
  readonly tenantId: TenantId;
  readonly originator: EntityId;
  readonly types: readonly string[];
  readonly severities: readonly AlarmSeverity[];
}

/**
 * Tells whether an entity has an active alarm. A few of them are remembered: as long as one of those is left, the end of others
 * changes nothing; only when none is left does a query say whether there are more.
 */
export class AlarmStatusSubscription {
  readonly #context: CommandContext;
  readonly #watched: StatusWatched;
  readonly #requeries: Requeries;
  readonly #active = new Set<string>();
  #known: boolean | undefined;
  /** What came while a query ran, which may have missed it. */
  #came: LiveAlarms[] | undefined;

  constructor(context: CommandContext, watched: StatusWatched) {
    this.#context = context;
    this.#watched = watched;
    this.#requeries = new Requeries(context, () => this.#query());
  }

  async begin(): Promise<void> {
    const { deps } = this.#context;
    this.#context.onEnd(deps.feed.subscribeAlarms(this.#watched.tenantId, (changes) => this.#changed(changes)));
    await this.#query();
  }

  async #query(): Promise<void> {
    const { tenantId, originator, types, severities } = this.#watched;
    const came: LiveAlarms[] = [];
    this.#came = came;
    try {
      const query = {
        originator,
        types,
        severities,
        status: 'ACTIVE',
        customerId: this.#customerId,
        page: 0,
        pageSize: ACTIVE_ALARMS_KNOWN_MAX,
      } as const;
      const { data } = await this.#context.deps.alarms.alarms(tenantId, query);
      this.#active.clear();
      for (const { id } of data) this.#active.add(id);
      this.#tell(data.length > 0);
    } finally {
      this.#came = undefined;
      for (const changes of came) this.#changed(changes);
    }
  }

  #changed(changes: LiveAlarms): void {
    const isOurs = ({ originator }: Alarm): boolean => isSame(originator, this.#watched.originator);
    if (!changes.alarms.some(isOurs) && changes.removed.length === 0) return;
    if (this.#came !== undefined) {
      if (this.#came.length < CHANGED_ALARMS_MAX) this.#came.push(changes);
      else this.#requeries.ask();
      return;
    }
    const before = this.#active.size;
    for (const alarm of changes.alarms.filter(isOurs)) {
      if (!this.#isActive(alarm)) this.#active.delete(alarm.id);
      else if (this.#active.size < ACTIVE_ALARMS_KNOWN_MAX) this.#active.add(alarm.id);
    }
    for (const removal of changes.removed) {
      if ('id' in removal) this.#active.delete(removal.id);
      else if (isSame(removal.originator, this.#watched.originator)) this.#active.clear();
    }
    if (this.#active.size > 0) this.#tell(true);
    else if (before > 0) this.#requeries.ask();
  }

  #tell(isActive: boolean): void {
    if (isActive === this.#known) return;
    this.#known = isActive;
    this.#context.send(alarmStatusFrame(this.#context.cmdId, isActive));
  }

  #isActive({ clearedAtMs, type, severity, customerId }: Alarm): boolean {
    const { types, severities } = this.#watched;
    const isAsked = (types.length === 0 || types.includes(type)) && (severities.length === 0 || severities.includes(severity));
    return isAsked && clearedAtMs === undefined && (this.#customerId === undefined || this.#customerId === customerId);
  }

  /** Customers see the alarms that are theirs. */
  get #customerId(): string | undefined {
    const { authority, customerId } = this.#context.caller;
    return authority === 'CUSTOMER_USER' ? customerId : undefined;
  }
}

const isSame = (a: EntityId, b: EntityId): boolean => a.id === b.id && a.entityType === b.entityType;
