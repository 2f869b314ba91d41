import type { Alarm, Message, TypedValue } from '@fieldline/model';
import { aggregations, alarmSeverities, attributeScopes, entityTypes } from '@fieldline/model';
import type { Services } from '@fieldline/plugin-sdk';
import * as z from 'zod';
import { entityIdSchema } from '../discover/declaration.js';
import { faultsOf } from '../discover/manifest.js';
import { pluginErrors } from '../errors.js';
import { HTTP_ANSWER_BYTES_MAX, POINTS_PER_ANSWER_MAX } from '../limits.js';
import { packValue, unpackValue, type WireValue } from '../wire/typed-values.js';
import { versionSchema } from './outcomes.js';

/** What a call gives to those who answer for it. */
export interface CallServices {
  /** Those the node declares. */
  readonly services: Partial<Services>;
  /** The message a plugin names. @throws PLUGIN_SERVICE_ARGUMENTS_INVALID where there is none */
  readonly messageOf: (version: z.output<typeof versionSchema>) => Message;
}

interface Method {
  readonly args: z.ZodTuple;
  call(services: Services, args: readonly never[], given: CallServices): unknown;
}

/** Arguments come from another process: each is checked before a service of ours sees it. */
function method<T extends z.ZodTuple>(args: T, call: (services: Services, args: z.output<T>, given: CallServices) => unknown): Method {
  return { args, call: call as unknown as Method['call'] };
}

const entity = entityIdSchema;
const version = versionSchema;
const key = z.string().max(1_000);
const keys = z.array(key).max(10_000);
const scope = z.enum(attributeScopes);
const shortText = z.string().max(1_000);
const longText = z.string();
const time = z.number().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);
const typed = { kind: z.int().min(1).max(5), value: z.union([z.boolean(), z.number(), z.string()]) };
const point = z.object({ key, tsMs: time, ...typed });
const range = z.object({ key, startMs: time, endMs: time });
const flags = z.object({ history: z.boolean(), latest: z.boolean(), push: z.boolean() });
const alarmText = z.string().min(1).max(255);
const specification = z.object({
  ...{ originator: entity.optional(), type: alarmText, severity: z.enum(alarmSeverities), startMs: time, details: z.json() },
  ...{ propagate: z.boolean(), propagateToOwner: z.boolean(), propagateToTenant: z.boolean(), propagateRelationTypes: z.array(shortText).max(100) },
});
const related = z.object({
  direction: z.enum(['FROM', 'TO']),
  maxLevel: z.int().min(0).max(50),
  fetchLastLevelOnly: z.boolean(),
  filters: z
    .array(z.object({ relationType: shortText, entityTypes: z.array(z.enum(entityTypes)).max(100), negate: z.boolean().optional() }))
    .max(100),
});
const ends = z.object({ from: entity, to: entity, type: shortText });
const proxy = z.object({ host: shortText, port: z.int(), user: shortText.optional(), password: shortText.optional() });
const tls = z.object({ ca: longText.optional(), cert: longText.optional(), key: longText.optional(), passphrase: shortText.optional() });
const httpRequest = z.object({
  ...{ method: z.enum(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS']), url: z.string().max(65_536) },
  ...{ headers: z.record(shortText, z.string().max(65_536)), body: longText.optional(), timeoutMs: z.number().min(0) },
  ...{ answerBytesMax: z.int().min(0).max(HTTP_ANSWER_BYTES_MAX), tls: tls.optional(), proxy: z.union([proxy, z.literal('system')]).optional() },
});
const addresses = z.array(shortText).max(1_000);
const mail = z.object({
  ...{ from: shortText, to: addresses, cc: addresses, bcc: addresses, subject: z.string().max(10_000), body: longText },
  ...{ isHtml: z.boolean(), images: z.record(shortText, longText) },
});
const smtp = z.object({
  ...{ host: shortText, port: z.int(), isSecure: z.boolean(), requiresTls: z.boolean(), minTlsVersion: shortText.optional() },
  ...{ user: shortText.optional(), password: shortText.optional(), timeoutMs: z.number().min(0), proxy: proxy.optional() },
});
const publication = z.object({
  topic: z.string().max(65_535),
  payload: longText,
  qos: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  isRetained: z.boolean(),
});

const alarmWithJson = ({ alarms }: Services, alarm: Alarm | undefined): unknown =>
  alarm === undefined ? undefined : { alarm, json: alarms.toJson(alarm) };
const packAll = <T extends TypedValue>(found: readonly T[]): readonly unknown[] => found.map(packValue);
const saving = z.object({ ttlMs: z.number().min(0), useServerTime: z.boolean(), actions: flags.optional() });
const attributeSaving = z.object({ scope, onlyOnChange: z.boolean(), actions: flags.omit({ latest: true }).optional() });

/** What has no answer: done when the frame that tells of it comes. */
const effects: Readonly<Record<string, Method>> = {
  'timeSeries.save': method(z.tuple([version, saving]), ({ timeSeries }, [at, options], { messageOf }) => timeSeries.save(messageOf(at), options)),
  'timeSeries.put': method(z.tuple([entity, point, z.number().min(0)]), ({ timeSeries }, [of, wire, ttlMs]) =>
    timeSeries.put(of, unpackValue(wire), ttlMs),
  ),
  'restReplies.answer': method(z.tuple([z.object({ serviceId: shortText, requestId: shortText }), longText]), ({ restReplies }, [call, text]) =>
    restReplies.answer(call, text),
  ),
  'log.info': method(z.tuple([z.string()]), ({ log }, [text]) => log.info(text)),
};

const questions: Readonly<Record<string, Method>> = {
  'timeSeries.latest': method(z.tuple([entity, keys]), async ({ timeSeries }, [of, wanted]) => packAll(await timeSeries.latest(of, wanted))),
  'timeSeries.range': method(
    z.tuple([entity, range, z.enum(['ASC', 'DESC']), z.int().min(0).max(POINTS_PER_ANSWER_MAX)]),
    async ({ timeSeries }, [of, within, order, limit]) => packAll(await timeSeries.range(of, within, order, limit)),
  ),
  'timeSeries.aggregate': method(z.tuple([entity, range, z.enum(aggregations).exclude(['NONE'])]), async ({ timeSeries }, [of, within, by]) => {
    const found = await timeSeries.aggregate(of, within, by);
    return found === undefined ? undefined : packValue(found);
  }),
  'attributes.save': method(z.tuple([version, attributeSaving]), ({ attributes }, [at, options], { messageOf }) =>
    attributes.save(messageOf(at), options),
  ),
  'attributes.put': method(z.tuple([entity, scope, z.array(z.object({ key, ...typed })).max(10_000)]), ({ attributes }, [of, where, values]) =>
    attributes.put(of, where, new Map(values.map(({ key: name, ...value }) => [name, unpackValue(value as WireValue)]))),
  ),
  'attributes.read': method(z.tuple([entity, scope, keys.nullish()]), async ({ attributes }, [of, where, wanted]) =>
    packAll(await attributes.read(of, where, wanted ?? undefined)),
  ),
  'attributes.remove': method(z.tuple([entity, scope, keys]), ({ attributes }, [of, where, wanted]) => attributes.remove(of, where, wanted)),
  'alarms.active': method(z.tuple([version, alarmText]), async (services, [at, type], { messageOf }) =>
    alarmWithJson(services, await services.alarms.active(messageOf(at), type)),
  ),
  'alarms.byId': method(z.tuple([version, shortText]), async (services, [at, id], { messageOf }) =>
    alarmWithJson(services, await services.alarms.byId(messageOf(at), id)),
  ),
  'alarms.raise': method(z.tuple([version, specification]), async (services, [at, wanted], { messageOf }) => {
    const { alarm, change } = await services.alarms.raise(messageOf(at), wanted);
    return { alarm, change, json: services.alarms.toJson(alarm) };
  }),
  'alarms.clear': method(z.tuple([version, shortText, z.json().nullish()]), async (services, [at, id, details], { messageOf }) => {
    const message = messageOf(at);
    const alarm = await services.alarms.byId(message, id);
    return alarm === undefined ? undefined : alarmWithJson(services, await services.alarms.clear(message, alarm, details ?? undefined));
  }),
  'entities.find': method(z.tuple([entity]), ({ entities }, [of]) => entities.find(of)),
  'entities.findByName': method(z.tuple([z.enum(entityTypes), shortText]), ({ entities }, [type, name]) => entities.findByName(type, name)),
  'entities.customerOf': method(z.tuple([entity]), ({ entities }, [of]) => entities.customerOf(of)),
  'entities.profileNameOf': method(z.tuple([entity]), ({ entities }, [of]) => entities.profileNameOf(of)),
  'entities.profileOf': method(z.tuple([entity]), ({ entities }, [of]) => entities.profileOf(of)),
  'entities.credentialsOf': method(z.tuple([entity]), ({ entities }, [of]) => entities.credentialsOf(of)),
  'entities.activeViewsOf': method(z.tuple([entity]), ({ entities }, [of]) => entities.activeViewsOf(of)),
  'entities.ensure': method(
    z.tuple([z.object({ entityType: z.enum(['DEVICE', 'ASSET', 'CUSTOMER']), name: shortText, profile: shortText.optional() })]),
    ({ entities }, [wanted]) => entities.ensure(wanted),
  ),
  'entities.assign': method(z.tuple([entity, entity]), ({ entities }, [of, customer]) => entities.assign(of, customer)),
  'entities.unassign': method(z.tuple([entity, entity.nullish()]), ({ entities }, [of, customer]) => entities.unassign(of, customer ?? undefined)),
  'relations.exists': method(z.tuple([ends]), ({ relations }, [relation]) => relations.exists(relation)),
  'relations.of': method(z.tuple([entity, z.enum(['FROM', 'TO']), shortText]), ({ relations }, [of, way, type]) => relations.of(of, way, type)),
  'relations.firstRelated': method(z.tuple([entity, related]), ({ relations }, [root, query]) => relations.firstRelated(root, query)),
  'relations.related': method(z.tuple([entity, related]), ({ relations }, [root, query]) => relations.related(root, query)),
  'relations.save': method(z.tuple([ends]), ({ relations }, [relation]) => relations.save(relation)),
  'relations.remove': method(z.tuple([ends]), ({ relations }, [relation]) => relations.remove(relation)),
  'http.request': method(z.tuple([httpRequest]), ({ http }, [request]) => http.request(request)),
  'mail.send': method(z.tuple([mail, smtp.nullish()]), ({ mail: service }, [letter, server]) => service.send(letter, server ?? undefined)),
  'broker.publish': method(z.tuple([publication]), ({ broker }, [published]) => broker.publish(published)),
  'rpc.call': method(z.tuple([version, z.object({ timeoutMs: z.number().min(0) })]), ({ rpc }, [at, options], { messageOf }) =>
    rpc.call(messageOf(at), options),
  ),
  'rpc.reply': method(
    z.tuple([entity, z.object({ serviceId: shortText, sessionId: shortText, requestId: z.int(), text: longText })]),
    ({ rpc }, [device, answer]) => rpc.reply(device, answer),
  ),
  'deviceState.report': method(
    z.tuple([entity, z.enum(['CONNECT_EVENT', 'DISCONNECT_EVENT', 'ACTIVITY_EVENT', 'INACTIVITY_EVENT']), time]),
    ({ deviceState }, [device, event, atMs]) => deviceState.report(device, event, atMs),
  ),
};

/** Does what has no answer. @throws PLUGIN_SERVICE_UNKNOWN, PLUGIN_SERVICE_ARGUMENTS_INVALID, and the errors of the service */
export function doEffect(given: CallServices, name: string, args: readonly unknown[]): void {
  invoke(effects, given, name, args);
}

/** Asks a service. @throws as `doEffect` */
export async function askService(given: CallServices, name: string, args: readonly unknown[]): Promise<unknown> {
  return invoke(questions, given, name, args);
}

function invoke(methods: Readonly<Record<string, Method>>, given: CallServices, name: string, args: readonly unknown[]): unknown {
  const found = Object.hasOwn(methods, name) ? methods[name] : undefined;
  const service = name.split('.')[0] as keyof Services;
  if (found === undefined || given.services[service] === undefined) throw pluginErrors.SERVICE_UNKNOWN({ service: name });
  const parsed = found.args.safeParse(args);
  if (!parsed.success) throw pluginErrors.SERVICE_ARGUMENTS_INVALID({ service: name, faults: faultsOf(parsed.error.issues) });
  return found.call(given.services as Services, parsed.data as never, given);
}
