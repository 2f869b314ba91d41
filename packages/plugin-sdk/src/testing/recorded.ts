import type { Alarm } from '@fieldline/model';
import type { HttpRequest, RelationEnds } from '../services/index.js';
import type { SavedAttribute } from './fakes/attributes.js';
import type { KnownEntity } from './fakes/entities.js';
import type { Publication, RestAnswer, SentMail, StateReport } from './fakes/outside.js';
import type { DeviceReply, SentCommand } from './fakes/rpc.js';
import type { SavedPoint } from './fakes/time-series.js';

/** What a node did to the world outside its outcomes. What a test adds to the lists exists before the node runs. */
export interface Recorded {
  readonly points: SavedPoint[];
  readonly attributes: SavedAttribute[];
  readonly alarms: Alarm[];
  readonly entities: KnownEntity[];
  readonly relations: RelationEnds[];
  readonly logged: string[];
  readonly commands: SentCommand[];
  readonly replies: DeviceReply[];
  readonly requests: HttpRequest[];
  readonly mails: SentMail[];
  readonly published: Publication[];
  readonly restAnswers: RestAnswer[];
  readonly stateReports: StateReport[];
}

export const nothingRecorded = (): Recorded => ({
  points: [],
  attributes: [],
  alarms: [],
  entities: [],
  relations: [],
  logged: [],
  commands: [],
  replies: [],
  requests: [],
  mails: [],
  published: [],
  restAnswers: [],
  stateReports: [],
});
