import type { NodeChanges } from '@fieldline/directory';
import type { Clock, Log, Problem } from '@fieldline/kernel';
import { problemOf, ProblemError } from '@fieldline/kernel';
import type { TenantId, TopicMapping } from '@fieldline/model';
import type { BrokerMessage, DeviceSession } from '@fieldline/ports';
import { isTopicTaken, mapMessage, SessionCache, UplinkGatherer, type MappedUplink } from '@fieldline/protocol';
import type { EngineDeviceGateway } from '../engine-host/device-gateway.js';

export interface MappedUplinksDeps {
  readonly devices: Pick<EngineDeviceGateway, 'accept' | 'attach' | 'closed' | 'isFull' | 'onRoom'>;
  /** Creates devices that a mapping may create. */
  readonly changes: Pick<NodeChanges, 'ensure'>;
  readonly mappings: { of(tenantId: TenantId): Promise<readonly TopicMapping[]>; known(tenantId: TenantId): readonly TopicMapping[] | undefined };
  readonly clock: Clock;
  readonly log: Log;
}

/** Devices that stay attached for messages of the broker; the one unused for longest is let go. */
const SESSIONS_MAX = 20_000;
/** A mapping that does not fit tells so with each message; the log hears of it this often for each tenant. */
const WARNING_EVERY_MS = 10_000;

/** A message on its way, once it is known what it is. */
interface Given {
  readonly stored: Promise<void>;
}

/**
 * Makes readings of broker messages where a topic mapping takes them, in the order in which they come: a message whose device is
 * known goes straight into the batch of this turn, one whose device must be looked up holds back those of its tenant.
 *
 * A message that its mapping cannot read, or whose device does not exist, is no failure: it is brokered and acknowledged, and the log says
 * so (`broker-mapping-refused`).
 */
export class MappedUplinks {
  readonly #deps: MappedUplinksDeps;
  readonly #gatherer: UplinkGatherer;
  readonly #sessions: SessionCache<DeviceSession>;
  /** Messages of a tenant that wait for one another, with how many they are. */
  readonly #lines = new Map<TenantId, { tail: Promise<unknown>; count: number }>();
  readonly #refused = new Map<TenantId, { count: number; untilMs: number }>();
  readonly #waitingForRoom: (() => void)[] = [];

  constructor(deps: MappedUplinksDeps) {
    this.#deps = deps;
    this.#gatherer = new UplinkGatherer(deps.devices, (flush) => setImmediate(flush));
    this.#sessions = new SessionCache(SESSIONS_MAX, (session) => {
      // What was gathered under the session goes first.
      this.#gatherer.flush();
      deps.devices.closed(session);
    });
    deps.devices.onRoom(() => {
      for (const goOn of this.#waitingForRoom.splice(0)) goOn();
    });
  }

  /** As `BrokerGateway.accept`. */
  accept(message: BrokerMessage): Promise<void> {
    const { tenantId } = message;
    const mappings = this.#lines.has(tenantId) ? undefined : this.#deps.mappings.known(tenantId);
    const given = mappings && this.#now(mappings, message);
    return given === undefined ? this.#inLine(tenantId, () => this.#later(message)) : given.stored;
  }

  /** A device is gone, or has another name. */
  forget(deviceId: string): void {
    this.#sessions.revoke(deviceId);
  }

  /** Gives a message that needs nothing looked up; undefined for any other. */
  #now(mappings: readonly TopicMapping[], message: BrokerMessage): Given | undefined {
    const mapped = this.#mapped(mappings, message);
    if (mapped === undefined) return { stored: Promise.resolve() };
    const session = this.#deps.devices.isFull ? undefined : this.#sessions.get(cacheKey(message.tenantId, mapped.uplink.deviceName));
    return session && this.#give(session, mapped.uplink, message);
  }

  async #later(message: BrokerMessage): Promise<Given> {
    const { tenantId } = message;
    const { devices, mappings } = this.#deps;
    const mapped = this.#mapped(await mappings.of(tenantId), message);
    if (mapped === undefined) return { stored: Promise.resolve() };
    const { deviceName } = mapped.uplink;
    const session = await this.#sessions.open(cacheKey(tenantId, deviceName), () => this.#attach(tenantId, deviceName, mapped.mapping));
    if (!('handle' in session)) {
      if (session.kind === 'unavailable' || session.kind === 'internal') throw new ProblemError(session);
      this.#refuse(message, session.message);
      return { stored: Promise.resolve() };
    }
    while (devices.isFull) await new Promise<void>((resolve) => this.#waitingForRoom.push(resolve));
    return this.#give(session, mapped.uplink, message);
  }

  #mapped(mappings: readonly TopicMapping[], message: BrokerMessage): { readonly mapping: TopicMapping; readonly uplink: MappedUplink } | undefined {
    const mapping = mappings.find(({ topicFilter }) => isTopicTaken(topicFilter, message.topic));
    if (mapping === undefined) return undefined;
    const uplink = mapMessage(mapping, message.topic, message.payload);
    if (!('fault' in uplink)) return { mapping, uplink };
    this.#refuse(message, uplink.fault);
    return undefined;
  }

  async #attach(tenantId: TenantId, deviceName: string, { createsDevice, deviceProfile }: TopicMapping): Promise<DeviceSession | Problem> {
    const { devices, changes } = this.#deps;
    const session = await devices.attach(tenantId, deviceName, 'MQTT');
    if ('handle' in session || !createsDevice) return session;
    const actor = { tenantId, id: tenantId, name: 'topic mapping' };
    try {
      await changes.ensure(actor, { entityType: 'DEVICE', name: deviceName, ...(deviceProfile === undefined ? {} : { profile: deviceProfile }) });
    } catch (error) {
      return problemOf(error);
    }
    return devices.attach(tenantId, deviceName, 'MQTT');
  }

  #give({ handle }: DeviceSession, { kind, payload }: MappedUplink, message: BrokerMessage): Given {
    const { packetId, isRedelivery, receivedAtMs } = message;
    const stored = new Promise<void>((resolve, reject) => {
      this.#gatherer.add({ handle, kind, packetId, isRedelivery, receivedAtMs, topic: '' }, payload, (problem) => {
        if (problem === undefined) resolve();
        else if (problem.retry === 'later') reject(new ProblemError(problem));
        else resolve(this.#refuse(message, problem.message));
      });
    });
    return { stored };
  }

  /** Runs one message of a tenant after the other, as far as they need something looked up. */
  async #inLine(tenantId: TenantId, give: () => Promise<Given>): Promise<void> {
    const line = this.#lines.get(tenantId) ?? { tail: Promise.resolve(), count: 0 };
    this.#lines.set(tenantId, line);
    line.count += 1;
    const given = line.tail.then(give);
    line.tail = given
      .catch(() => undefined)
      .then(() => {
        line.count -= 1;
        if (line.count === 0) this.#lines.delete(tenantId);
      });
    await (
      await given
    ).stored;
  }

  #refuse({ tenantId, topic }: BrokerMessage, reason: string): void {
    const nowMs = this.#deps.clock.monotonicMs();
    const said = this.#refused.get(tenantId) ?? { count: 0, untilMs: 0 };
    said.count += 1;
    this.#refused.set(tenantId, said);
    if (said.untilMs > nowMs) return;
    this.#deps.log.warn('broker-mapping-refused', { tenantId, topic, reason, messages: said.count });
    said.count = 0;
    said.untilMs = nowMs + WARNING_EVERY_MS;
  }
}

function cacheKey(tenantId: TenantId, deviceName: string): string {
  return `${tenantId} ${deviceName}`;
}
