import type { Alarm, Message } from '@fieldline/model';
import type { BoundScripts, ScriptCompiler } from '../host/script-binding.js';
import { bindScripts } from '../host/script-binding.js';
import type { Need, Services } from '../services.js';
import { recordedAlarms } from './fakes/alarms.js';
import type { SavedAttribute } from './fakes/attributes.js';
import { recordedAttributes } from './fakes/attributes.js';
import type { SentCommand } from './fakes/rpc.js';
import { recordedRpc } from './fakes/rpc.js';
import { scriptStandIns } from './fakes/scripts.js';
import type { SavedPoint } from './fakes/time-series.js';
import { recordedTimeSeries } from './fakes/time-series.js';
import { countingIds } from './messages.js';
import type { Recorded } from './node-harness.js';

interface Wanted {
  readonly needs: readonly Need[];
  readonly nowMs: () => number;
  readonly scripts: ScriptCompiler | undefined;
  readonly reply: ((message: Message) => string) | undefined;
}

/** Builds the services a node declares, and nothing else: reaching for an undeclared one fails here as it does in the engine. */
export function harnessServices(wanted: Wanted): { recorded: Recorded; services: Services & { dispose(): void } } {
  const points: SavedPoint[] = [];
  const attributes: SavedAttribute[] = [];
  const alarms: Alarm[] = [];
  const logged: string[] = [];
  const commands: SentCommand[] = [];
  const scripts: BoundScripts = bindScripts(wanted.scripts ?? scriptStandIns({}));
  const all: Services = {
    timeSeries: recordedTimeSeries(points, wanted.nowMs),
    attributes: recordedAttributes(attributes),
    alarms: recordedAlarms(alarms, wanted.nowMs, countingIds()),
    scripts: scripts.service,
    rpc: recordedRpc(commands, wanted.reply),
    log: { info: (text) => void logged.push(text) },
  };
  const services = Object.fromEntries(wanted.needs.map((need) => [need, all[need]])) as unknown as Services;
  return { recorded: { points, attributes, alarms, logged, commands }, services: { ...services, dispose: () => scripts.dispose() } };
}
