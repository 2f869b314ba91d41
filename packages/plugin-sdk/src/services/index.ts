import type { AlarmsService } from './alarms.js';
import type { EntitiesService, RelationsService } from './entities.js';
import type {
  BrokerService,
  DeviceStateService,
  HttpService,
  LogService,
  MailService,
  NetworkService,
  RestRepliesService,
  RpcService,
} from './outside.js';
import type { ScriptsService } from './scripts.js';
import type { AttributesService, TimeSeriesService } from './values.js';

export type * from './alarms.js';
export type * from './entities.js';
export type * from './outside.js';
export type * from './scripts.js';
export type * from './values.js';

/** Everything a node may declare in `needs`. Nothing undeclared is in reach. */
export interface Services {
  readonly timeSeries: TimeSeriesService;
  readonly attributes: AttributesService;
  readonly alarms: AlarmsService;
  readonly entities: EntitiesService;
  readonly relations: RelationsService;
  readonly scripts: ScriptsService;
  readonly http: HttpService;
  readonly network: NetworkService;
  readonly mail: MailService;
  readonly broker: BrokerService;
  readonly rpc: RpcService;
  readonly restReplies: RestRepliesService;
  readonly deviceState: DeviceStateService;
  readonly log: LogService;
}
export type Need = keyof Services;
