import type { Message } from '@fieldline/model';
import type { BoundScripts, ScriptCompiler } from '../host/script-binding.js';
import { bindScripts } from '../host/script-binding.js';
import type { HttpAnswer, HttpRequest, Need, Services } from '../services/index.js';
import { recordedAlarms } from './fakes/alarms.js';
import { recordedAttributes } from './fakes/attributes.js';
import { knownEntities } from './fakes/entities.js';
import { answeredHttp, openNetwork, recordedBroker, recordedDeviceState, recordedMail, recordedRestReplies } from './fakes/outside.js';
import { knownRelations } from './fakes/relations.js';
import { recordedRpc } from './fakes/rpc.js';
import { scriptStandIns } from './fakes/scripts.js';
import { recordedTimeSeries } from './fakes/time-series.js';
import { countingIds, harnessStartMs } from './messages.js';
import { nothingRecorded, type Recorded } from './recorded.js';

interface Wanted {
  readonly needs: readonly Need[];
  readonly nowMs: () => number;
  readonly scripts?: ScriptCompiler | undefined;
  readonly reply?: ((message: Message) => string) | undefined;
  readonly http?: ((request: HttpRequest) => HttpAnswer | Promise<HttpAnswer>) | undefined;
}

const platformNeeds: readonly Need[] = ['entities', 'relations', 'http', 'network', 'mail', 'broker', 'restReplies', 'deviceState'];

/** Builds the services a node declares, and nothing else: reaching for an undeclared one fails here as it does in the engine. */
export function harnessServices(wanted: Wanted): { recorded: Recorded; services: Services & { dispose(): void } } {
  const recorded = nothingRecorded();
  const scripts: BoundScripts = bindScripts(wanted.scripts ?? scriptStandIns({}));
  const all: Services = {
    timeSeries: recordedTimeSeries(recorded.points, wanted.nowMs),
    attributes: recordedAttributes(recorded.attributes, wanted.nowMs),
    alarms: recordedAlarms(recorded.alarms, wanted.nowMs, countingIds()),
    entities: knownEntities(recorded.entities),
    relations: knownRelations(recorded.relations),
    scripts: scripts.service,
    http: answeredHttp(recorded.requests, wanted.http),
    network: openNetwork,
    mail: recordedMail(recorded.mails),
    broker: recordedBroker(recorded.published),
    rpc: recordedRpc(recorded.commands, wanted.reply, recorded.replies),
    restReplies: recordedRestReplies(recorded.restAnswers),
    deviceState: recordedDeviceState(recorded.stateReports),
    log: { info: (text) => void recorded.logged.push(text) },
  };
  const services = Object.fromEntries(wanted.needs.map((need) => [need, all[need]])) as unknown as Services;
  return { recorded, services: { ...services, dispose: () => scripts.dispose() } };
}

/** Services that have nothing to do with a batch, over an empty world: for tests of what runs nodes. */
export const harnessPlatform: Services = harnessServices({ needs: platformNeeds, nowMs: () => harnessStartMs }).services;
