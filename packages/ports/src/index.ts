export type {
  AcceptedPacket,
  AttributeRemoval,
  AttributeWrite,
  ChainPosition,
  CommitUnit,
  DeadLetter,
  HandOver,
  NodeStateWrite,
  PointRemoval,
  RecordInsert,
  StoredMessage,
} from './commit-unit.js';
export { isStoredWrite, ValueUse } from './commit-unit.js';
export type {
  AggregatedPoint,
  AggregateQuery,
  AlarmQuery,
  AlarmReader,
  AlarmRemoval,
  AttributeReader,
  CommittedChanges,
  DataStore,
  DeadLetterQuery,
  DeadLetterReader,
  Durability,
  HandOverCount,
  ManyEntitiesReader,
  RangeQuery,
  RemovedLatest,
  TimeSeriesReader,
} from './data-store.js';
export { historyLimits } from './data-store.js';
export type { BlobStore } from './blob-store.js';
export type { AlarmData, EntityQueries } from './entity-queries.js';
export type {
  AlarmCommands,
  AlarmDraft,
  CommandContext,
  DataCommands,
  DeadLetterCommands,
  Mail,
  MailSender,
  MailServer,
  ReplayFrom,
  RuleMessages,
  TelemetryCommands,
} from './data-commands.js';
export type { EntityChange, EntityCondition, EntityFilter, EntityInsert, EntityStore, SystemUniqueFields } from './entity-store.js';
export type { BrokerChange, BrokerGateway, BrokerLogin, BrokerMessage, BrokerPeer, BrokerRecord, BrokerStore } from './broker.js';
export type { BatchReceipt, DeviceClaim, DeviceGateway, DeviceSession, TransportName } from './device-gateway.js';
export type { BatchFailures, BatchHandler, MessageBatch, MessageQueue, Partitioner, QueuedMessage, QueuePartition } from './message-queue.js';
export type {
  CompiledScript,
  ScriptAnswer,
  ScriptEngine,
  ScriptInput,
  ScriptKind,
  ScriptLanguage,
  ScriptMessage,
  ScriptResult,
  ScriptSource,
} from './scripts.js';
export type { AlarmChange, AlarmRequest, AlarmService, DeviceCaller, NodeServices, ProfileTtls, TelemetryWriter } from './node-services.js';
export type { ControlEvent, ControlEvents } from './control-events.js';
export type { HopOutcome, TraceBounds, TracedMessage, TraceHead, TraceHop, TracePart, TraceQuery, TraceReader, TraceReason } from './traces.js';
export { traceLimits } from './traces.js';
export type { LearnedKey, LearnedKind, LearnedProfile, LearnedTypesReader } from './learned-types.js';
export type { ChainLedger, LedgerReader, NodeFigures, RelationFigures, TimeFigures } from './ledger.js';
export type { DebugRecord, LeftOut, MessageRecorder, RecorderState } from './message-recorder.js';
export type { LiveAlarms, LiveFeed, LiveUpdate } from './live.js';
export type {
  AccessibleEntity,
  Admission,
  Admitter,
  Authenticator,
  Caller,
  EntityAccess,
  EntityOperation,
  PasswordHasher,
  TokenSigner,
} from './identity.js';
export { actingUserOf } from './identity.js';
export { deviceErrors, historyErrors, queryErrors, queueErrors, storageErrors } from './errors.js';
