import type { Endpoints, Health } from '@fieldline/api-contract';
import type { Clock, IdSource, Log, RandomBytes } from '@fieldline/kernel';
import type { PluginStatus } from '@fieldline/plugin-process';
import type { AnyRuleNodeDefinition } from '@fieldline/plugin-sdk';
import type {
  AlarmReader,
  AttributeReader,
  BlobStore,
  ControlEvents,
  DataCommands,
  DeadLetterCommands,
  DeadLetterReader,
  EntityQueries,
  EntityStore,
  LearnedTypesReader,
  LedgerReader,
  MailSender,
  ManyEntitiesReader,
  PasswordHasher,
  RecorderState,
  RuleMessages,
  TimeSeriesReader,
  TokenSigner,
  TraceReader,
} from '@fieldline/ports';
import type { DynamicModule } from '@nestjs/common';
import type { FollowedChanges } from '../followed-changes.js';
import type { ScriptTester } from '../script-host/test-script.js';
import type { WaitingCalls } from './waiting-calls.js';

/** Everything the REST application stands on. */
export interface RestDeps {
  readonly entities: EntityStore;
  readonly series: TimeSeriesReader;
  readonly attributes: AttributeReader;
  readonly alarms: AlarmReader;
  readonly many: ManyEntitiesReader;
  /** Changes of alarms, attributes and time series. */
  readonly commands: DataCommands;
  /** Messages that failed for good. */
  readonly letters: DeadLetterReader;
  readonly letterCommands: DeadLetterCommands;
  /** Recorded paths of messages, and what the recorder could not keep. */
  readonly traces: TraceReader;
  readonly recorder: RecorderState;
  /** What was learned from messages of devices. */
  readonly learned: LearnedTypesReader;
  /** Accounts of rule chains. */
  readonly ledgers: LedgerReader;
  readonly messages: RuleMessages;
  /** Calls that wait for what rule chains reply. */
  readonly ruleCalls: WaitingCalls;
  readonly queries: EntityQueries;
  /** Tries out scripts of rule nodes. */
  readonly scripts: ScriptTester;
  readonly blobs: BlobStore;
  readonly mail: MailSender;
  readonly events: ControlEvents;
  /** Where what requests change is waited for; absent: it is not. */
  readonly followed?: FollowedChanges | undefined;
  readonly hasher: PasswordHasher;
  readonly signer: TokenSigner;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly random: RandomBytes;
  /** SHA3-256 as lower-case hexadecimal. */
  readonly sha3: (text: string) => string;
  /** SHA-256 as lower-case hexadecimal. */
  readonly sha256: (text: string) => string;
  /** Address of the web app in links; absent takes what the request came to. */
  readonly publicUrl?: string | undefined;
  /** Whether administrators may act as their users. */
  readonly userTokenAccessEnabled: boolean;
  /** Whether entity queries may join their conditions by OR. */
  readonly areOrFiltersAllowed: boolean;
  /** The node types, in palette order. */
  readonly definitions: readonly AnyRuleNodeDefinition[];
  /** Package of the plugins folder that a node type comes with; undefined for those of the server. */
  readonly pluginOf?: ((type: string) => string | undefined) | undefined;
  /** How the plugins of third parties do. */
  readonly plugins: { statuses(): Promise<readonly PluginStatus[]> };
  readonly log: Log;
  readonly version: string;
  /** Largest OTA file; `OTA_BYTES_MAX` if absent. */
  readonly otaBytesMax?: number | undefined;
  health(): Health | Promise<Health>;
  /** Ports that devices connect to. */
  endpoints(): Omit<Endpoints, 'host'>;
  /** Folder of the built web app; absent where none is served. */
  readonly webRoot?: string | undefined;
  /** Further modules of the application, such as the WebSocket gateway. */
  readonly modules?: readonly DynamicModule[] | undefined;
  /** Checks every answer against the schema of its route: for tests. */
  readonly checksAnswers?: boolean | undefined;
}
