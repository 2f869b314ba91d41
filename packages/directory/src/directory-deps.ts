import type { Clock, IdSource, Log, RandomBytes } from '@fieldline/kernel';
import type {
  BlobStore,
  ControlEvents,
  DataCommands,
  EntityAccess,
  EntityQueries,
  EntityStore,
  ManyEntitiesReader,
  RuleMessages,
} from '@fieldline/ports';

/** What the directory stands on. */
export interface DirectoryDeps {
  readonly entities: EntityStore;
  readonly events: ControlEvents;
  readonly access: EntityAccess;
  /** Where actions on entities go besides the audit log. */
  readonly messages: RuleMessages;
  /** What the data plane keeps about entities: it forgets those that are deleted, and copies for entity views. */
  readonly data: Pick<DataCommands, 'removeEntities' | 'removeTenant' | 'copyAttributes' | 'removeAttributes' | 'unassignAlarmsOf'>;
  readonly many: ManyEntitiesReader;
  readonly queries: EntityQueries;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly random: RandomBytes;
  readonly log: Log;
  /** SHA3-256 as lower-case hexadecimal: what credentials that are not tokens are looked up by. */
  readonly sha3: (text: string) => string;
}
