import type { Alarm, Attribute, DataPoint, JsonValue, Message } from '@fieldline/model';
import { forEachTypedValue } from '@fieldline/model';
import type { AlarmsService, AttributesService, Need, Services, TimeSeriesService } from '@fieldline/plugin-sdk';
import { elementsOf } from '@fieldline/plugin-sdk';
import { unpackValue, packValue, type WireValue } from '../wire/typed-values.js';
import type { HostCall } from './host-call.js';

/**
 * The services of a node, as calls to the server. What has no answer is an effect: it is done there in the same order, before
 * anything that is asked after it. A fault of an effect fails its message, not the line that caused it.
 */
export function hostServices(call: HostCall, needs: readonly Need[]): Partial<Services> {
  const makers: { readonly [N in Need]?: () => Services[N] } = {
    timeSeries: () => timeSeriesOf(call),
    attributes: () => attributesOf(call),
    alarms: () => alarmsOf(call),
    entities: () => questions(call, 'entities', entityMethods),
    relations: () => questions(call, 'relations', relationMethods),
    http: () => questions(call, 'http', ['request']),
    mail: () => questions(call, 'mail', ['send']),
    broker: () => questions(call, 'broker', ['publish']),
    deviceState: () => questions(call, 'deviceState', ['report']),
    rpc: () => ({
      call: (message, options) => call.question('rpc.call', [call.versionOf(message), options]),
      reply: (device, answer) => call.question('rpc.reply', [device, answer]),
    }),
    restReplies: () => ({ answer: (waiting, text) => call.effect('restReplies.answer', [waiting, text]) }),
    log: () => ({ info: (text) => call.effect('log.info', [text]) }),
  };
  return Object.fromEntries(needs.map((need) => [need, makers[need]?.()]));
}

const entityMethods = [
  ...(['find', 'findByName', 'customerOf', 'profileNameOf', 'profileOf', 'credentialsOf'] as const),
  ...(['activeViewsOf', 'ensure', 'assign', 'unassign'] as const),
] as const;
const relationMethods = ['exists', 'of', 'firstRelated', 'related', 'save', 'remove'] as const;

/** A service whose arguments and answers are plain data already. */
function questions<S>(call: HostCall, service: string, methods: readonly (keyof S & string)[]): S {
  const ask =
    (method: string) =>
    (...args: readonly unknown[]): Promise<unknown> =>
      call.question(`${service}.${method}`, args);
  return Object.fromEntries(methods.map((method) => [method, ask(method)])) as S;
}

type WirePoint = Omit<DataPoint, 'kind' | 'value'> & WireValue;
type WireAttribute = Omit<Attribute, 'kind' | 'value'> & WireValue;

function timeSeriesOf(call: HostCall): TimeSeriesService {
  return {
    save(message, options) {
      const at = call.placeOf(message);
      call.effect('timeSeries.save', [call.versionOf(message, at), options], at < 0 ? undefined : at);
      return pointsIn(message);
    },
    put: (entity, point, ttlMs) => call.effect('timeSeries.put', [entity, packValue(point), ttlMs]),
    latest: async (entity, keys) => (await call.question<readonly WirePoint[]>('timeSeries.latest', [entity, keys])).map(unpackValue),
    range: async (entity, range, order, limit) =>
      (await call.question<readonly WirePoint[]>('timeSeries.range', [entity, range, order, limit])).map(unpackValue),
    async aggregate(entity, range, aggregation) {
      const found = await call.question<WirePoint | undefined>('timeSeries.aggregate', [entity, range, aggregation]);
      return found === undefined ? undefined : unpackValue(found);
    },
  };
}

/** Points that saving a message makes: the server counts the same way, but its answer would have to be waited for. */
function pointsIn(message: Message): number {
  const elements = elementsOf(message);
  const bodies = elements === undefined ? [message] : elements.map((text) => message.with({ text }));
  let points = 0;
  for (const body of bodies) {
    const { values } = body.data as { readonly values?: JsonValue };
    const flat = typeof values === 'object' && values !== null ? message.with({ data: values }) : body;
    forEachTypedValue(flat, () => (points += 1));
  }
  return points;
}

function attributesOf(call: HostCall): AttributesService {
  return {
    save: (message, options) => call.question('attributes.save', [call.versionOf(message), options]),
    put: (entity, scope, values) =>
      call.question('attributes.put', [entity, scope, [...values].map(([key, typed]) => ({ key, ...packValue(typed) }))]),
    read: async (entity, scope, keys) => (await call.question<readonly WireAttribute[]>('attributes.read', [entity, scope, keys])).map(unpackValue),
    remove: (entity, scope, keys) => call.question('attributes.remove', [entity, scope, keys]),
  };
}

interface AlarmWithJson {
  readonly alarm: Alarm;
  readonly json: JsonValue;
}

/** Each alarm comes with its JSON, so that `toJson` needs no answer. */
function alarmsOf(call: HostCall): AlarmsService {
  const jsonOf = new WeakMap<Alarm, JsonValue>();
  const kept = <T extends AlarmWithJson | undefined>(found: T): T extends undefined ? undefined : Alarm => {
    if (found !== undefined) jsonOf.set(found.alarm, found.json);
    return found?.alarm as never;
  };
  type Found = AlarmWithJson | undefined;
  return {
    active: async (message, type) => kept(await call.question<Found>('alarms.active', [call.versionOf(message), type])),
    byId: async (message, id) => kept(await call.question<Found>('alarms.byId', [call.versionOf(message), id])),
    async raise(message, wanted) {
      const raised = await call.question<AlarmWithJson & { change: 'created' | 'updated' | 'unchanged' }>('alarms.raise', [
        call.versionOf(message),
        wanted,
      ]);
      return { alarm: kept(raised), change: raised.change };
    },
    clear: async (message, alarm, details) => kept(await call.question<Found>('alarms.clear', [call.versionOf(message), alarm.id, details])),
    toJson: (alarm) => jsonOf.get(alarm) ?? (alarm as unknown as JsonValue),
  };
}
