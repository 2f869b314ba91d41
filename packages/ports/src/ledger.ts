import type { TenantId } from '@fieldline/model';

/** How long calls took: of a batch, every message counts with the time of the whole call. */
export interface TimeFigures {
  readonly count: number;
  /** Microseconds; to about an eighth of the value. Undefined where nothing was counted. */
  readonly p50Us?: number | undefined;
  readonly p95Us?: number | undefined;
}

/** What left a node by one relation type. */
export interface RelationFigures {
  readonly relationType: string;
  readonly left: number;
  /** Of those, messages for which the relation type has no connection. */
  readonly unconnected: number;
  readonly time: TimeFigures;
}

/** What happened at one node since the server started or the node was first deployed. */
export interface NodeFigures {
  readonly nodeId: string;
  readonly name: string;
  readonly type: string;
  /** False where it could not start: its messages fail. */
  readonly isActive: boolean;
  readonly received: number;
  /** Messages that failed here for good: each is a dead letter. */
  readonly failed: number;
  /** Branches handed over to after the commit: for an external node, a delay, a checkpoint, a queue. */
  readonly handedOver: number;
  /** Branches of those that went on since. */
  readonly resumed: number;
  /** Branches that ended here on purpose, by reason. */
  readonly ended: Readonly<Record<string, number>>;
  readonly relations: readonly RelationFigures[];
  readonly time: TimeFigures;
}

/**
 * The account of a rule chain, in branches of messages. What came in is what went out:
 * `entered + made = ended + unconnected + failed + returned + called + waiting`.
 */
export interface ChainLedger {
  readonly ruleChainId: string;
  readonly tenantId: TenantId;
  readonly name: string;
  readonly version: number;
  /** Since when it counts. */
  readonly sinceMs: number;
  /** Messages that came to the first node, from outside or from another chain. */
  readonly entered: number;
  /** Branches that began inside: a copy for each further connection, what nodes make, what nested chains give back. */
  readonly made: number;
  readonly ended: number;
  readonly unconnected: number;
  readonly failed: number;
  /** Branches that went back to the calling chain. */
  readonly returned: number;
  /** Branches that went into a nested chain. */
  readonly called: number;
  /** Branches that were handed over and are not done. */
  readonly waiting: number;
  readonly nodes: readonly NodeFigures[];
}

/** The accounts of rule chains, as the engine keeps them. */
export interface LedgerReader {
  /** The account of one chain; undefined where it does not run. */
  ledger(tenantId: TenantId, ruleChainId: string): Promise<ChainLedger | undefined>;
  /** The accounts of all chains of a tenant that run, without their nodes. */
  ledgers(tenantId: TenantId): Promise<readonly Omit<ChainLedger, 'nodes'>[]>;
}
