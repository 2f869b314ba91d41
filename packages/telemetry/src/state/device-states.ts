import type { Clock, Log } from '@fieldline/kernel';
import type { ActionMessage, Device, DeviceId, EntityId, TenantId } from '@fieldline/model';
import { ValueKind } from '@fieldline/model';
import { isStoredWrite, type CommittedChanges, type CommitUnit, type DataStore, type EntityStore, type RuleMessages } from '@fieldline/ports';
import type { SessionDescriptor } from '../ingest/session-table.js';
import { ACTIVITY_REPORT_MS, STATES_PER_COMMIT } from '../limits.js';
import { stateAttributes, stateBody, stateKeys, stateOf, timeoutOf, TIMEOUT_ATTRIBUTE, type DeviceState } from './device-state.js';

export interface DeviceStatesDeps {
  readonly store: Pick<DataStore, 'begin' | 'commit' | 'attributes' | 'everyAttribute'>;
  readonly entities: Pick<EntityStore, 'find'>;
  readonly messages: RuleMessages;
  readonly clock: Clock;
  readonly log: Log;
  /** How long a device may be silent where its attribute `inactivityTimeout` says nothing. */
  readonly inactivityTimeoutMs: number;
  /** How often silent devices are looked for. */
  readonly checkEveryMs: number;
}

/** One thing that happened to a device. */
interface Happening {
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly kind: 'connect' | 'disconnect' | 'activity' | 'silence' | 'inactivity';
  readonly atMs: number;
  /** True where a rule node says so, who may be late: what is known to be newer stands. */
  readonly isReported?: boolean;
}

/** What may be reported about a device, as the messages about it are called. */
const reportedKinds = {
  CONNECT_EVENT: 'connect',
  DISCONNECT_EVENT: 'disconnect',
  ACTIVITY_EVENT: 'activity',
  INACTIVITY_EVENT: 'inactivity',
} as const;

/** The time that a report must be newer than to count. */
const newestOf: { readonly [K in Happening['kind']]: (state: DeviceState) => number } = {
  connect: ({ connectedAtMs }) => connectedAtMs,
  disconnect: ({ disconnectedAtMs }) => disconnectedAtMs,
  activity: ({ activeAtMs }) => activeAtMs,
  silence: () => 0,
  inactivity: ({ inactiveAtMs, activeAtMs }) => Math.max(inactiveAtMs, activeAtMs),
};

type SessionOwner = Pick<SessionDescriptor, 'tenantId' | 'deviceId'>;

/**
 * Keeps the server attributes that tell whether a device is there, and tells rule chains when that changes
 * (device-api.md §12). What happens is gathered and written in the background, in the order in which it happened to a
 * device; readings never wait for it.
 */
export class DeviceStates {
  readonly #deps: DeviceStatesDeps;
  readonly #states = new Map<DeviceId, DeviceState>();
  /** Devices that did something since the last report, with the time of the latest. */
  #touched = new Map<DeviceId, { readonly tenantId: TenantId; atMs: number }>();
  readonly #waiting: Happening[] = [];
  readonly #cancel: (() => void)[] = [];
  #working: Promise<void> | undefined;

  constructor(deps: DeviceStatesDeps) {
    this.#deps = deps;
  }

  /** Learns which devices were active, and begins to look for those that fell silent, also while we were away. */
  async start(): Promise<void> {
    const { store, clock } = this.#deps;
    const active = (await store.everyAttribute('SERVER_SCOPE', stateAttributes.isActive)).filter(
      ({ entity, attribute }) => entity.entityType === 'DEVICE' && attribute.value === true,
    );
    for (const [place, { tenantId, entity }] of active.entries()) {
      await this.#load(tenantId, entity.id as DeviceId);
      // Readings come in between: these reads of a store in this thread would otherwise keep it to themselves.
      if (place % STATES_PER_COMMIT === STATES_PER_COMMIT - 1) await new Promise<void>((go) => clock.after('device-states-read', 0, go));
    }
    this.#every('device-activity', ACTIVITY_REPORT_MS, () => this.#report());
    this.#every('device-silence', this.#deps.checkEveryMs, () => this.#findSilent());
  }

  connected(session: SessionOwner): void {
    this.#happened(session, 'connect');
  }

  disconnected(session: SessionOwner): void {
    this.#happened(session, 'disconnect');
  }

  /** The device did something. Costs a look into a map; reported every few seconds. */
  touch({ tenantId, deviceId }: SessionOwner, atMs: number): void {
    const known = this.#touched.get(deviceId);
    if (known === undefined) this.#touched.set(deviceId, { tenantId, atMs });
    else if (atMs > known.atMs) known.atMs = atMs;
  }

  /** Somebody who knows the device says what happened to it; what is not newer than what is known changes nothing. */
  report({ tenantId, deviceId }: SessionOwner, event: keyof typeof reportedKinds, atMs: number): void {
    const touched = this.#touched.get(deviceId);
    // What it did before that comes first.
    if (touched !== undefined) this.#waiting.push({ tenantId, deviceId, kind: 'activity', atMs: touched.atMs });
    this.#touched.delete(deviceId);
    this.#waiting.push({ tenantId, deviceId, kind: reportedKinds[event], atMs, isReported: true });
    this.#work();
  }

  /** For `DataStore.onCommitted`: people change how long a device may be silent by its attribute. */
  committed({ attributes, removedAttributes }: CommittedChanges): void {
    for (const { entity, scope, key, kind, value } of attributes.filter(isStoredWrite)) {
      if (key === TIMEOUT_ATTRIBUTE && scope === 'SERVER_SCOPE') this.#setTimeout(entity, timeoutOf({ kind, value }));
    }
    for (const { entity, scope, key } of removedAttributes) {
      if (key === TIMEOUT_ATTRIBUTE && scope === 'SERVER_SCOPE') this.#setTimeout(entity, undefined);
    }
  }

  /** The device was deleted. */
  forget(deviceId: DeviceId): void {
    this.#states.delete(deviceId);
    this.#touched.delete(deviceId);
  }

  /** Writes what is known, then ends. */
  async stop(): Promise<void> {
    for (const cancel of this.#cancel.splice(0)) cancel();
    this.#report();
    await this.#working;
  }

  #every(name: string, delayMs: number, act: () => void): void {
    const place = this.#cancel.length;
    const arm = (): void => {
      this.#cancel[place] = this.#deps.clock.after(name, delayMs, () => {
        arm();
        act();
      });
    };
    arm();
  }

  #report(): void {
    const touched = this.#touched;
    this.#touched = new Map();
    for (const [deviceId, { tenantId, atMs }] of touched) this.#waiting.push({ tenantId, deviceId, kind: 'activity', atMs });
    this.#work();
  }

  #findSilent(): void {
    const nowMs = this.#deps.clock.nowMs();
    for (const { tenantId, deviceId, isActive, activeAtMs, timeoutMs } of this.#states.values()) {
      const isSilent = isActive && !this.#touched.has(deviceId) && nowMs - activeAtMs > (timeoutMs ?? this.#deps.inactivityTimeoutMs);
      if (isSilent) this.#waiting.push({ tenantId, deviceId, kind: 'silence', atMs: nowMs });
    }
    this.#work();
  }

  #happened({ tenantId, deviceId }: SessionOwner, kind: 'connect' | 'disconnect'): void {
    const atMs = this.#deps.clock.nowMs();
    if (kind === 'connect') this.touch({ tenantId, deviceId }, atMs);
    this.#waiting.push({ tenantId, deviceId, kind, atMs });
    this.#work();
  }

  #work(): void {
    if (this.#waiting.length === 0) return;
    this.#working ??= this.#drain().finally(() => (this.#working = undefined));
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, STATES_PER_COMMIT);
      const before = batch.map(({ deviceId }) => [deviceId, copyOf(this.#states.get(deviceId))] as const);
      try {
        await this.#apply(batch);
      } catch (error) {
        // Nothing was kept, so memory goes back: a device that fell silent is found again by the next look.
        for (const [deviceId, state] of before) {
          if (state === undefined) this.#states.delete(deviceId);
          else this.#states.set(deviceId, state);
        }
        this.#deps.log.warn('device-states-not-written', { count: batch.length, error });
      }
    }
  }

  async #apply(batch: readonly Happening[]): Promise<void> {
    const { store, messages, entities } = this.#deps;
    const unit = store.begin();
    const told: ActionMessage[] = [];
    for (const happening of batch) {
      const device = await entities.find('device', happening.tenantId, happening.deviceId);
      if (device === undefined) {
        this.forget(happening.deviceId);
        continue;
      }
      const state = await this.#load(happening.tenantId, happening.deviceId);
      const type = this.#change(unit, state, happening);
      if (type !== undefined) told.push(this.#message(device, state, type));
    }
    if (!unit.isEmpty) await store.commit(unit);
    await messages.send(told);
  }

  /** Writes what changed, and says which message that makes. */
  #change(unit: CommitUnit, state: DeviceState, { kind, atMs, isReported = false }: Happening): string | undefined {
    if (isReported && atMs <= newestOf[kind](state)) return undefined;
    switch (kind) {
      case 'connect':
        this.#write(unit, state, 'connectedAtMs', atMs);
        return 'CONNECT_EVENT';
      case 'disconnect':
        this.#write(unit, state, 'disconnectedAtMs', atMs);
        return 'DISCONNECT_EVENT';
      case 'activity': {
        const wasActive = state.isActive;
        this.#write(unit, state, 'activeAtMs', atMs);
        if (wasActive) return undefined;
        this.#write(unit, state, 'isActive', true);
        return 'ACTIVITY_EVENT';
      }
      case 'silence': {
        const isSilent = state.isActive && atMs - state.activeAtMs > (state.timeoutMs ?? this.#deps.inactivityTimeoutMs);
        return isSilent ? this.#inactive(unit, state, atMs) : undefined;
      }
      case 'inactivity':
        return this.#inactive(unit, state, atMs);
    }
  }

  #inactive(unit: CommitUnit, state: DeviceState, atMs: number): string {
    this.#write(unit, state, 'isActive', false);
    this.#write(unit, state, 'inactiveAtMs', atMs);
    return 'INACTIVITY_EVENT';
  }

  #write<F extends keyof typeof stateAttributes>(unit: CommitUnit, state: DeviceState, field: F, value: DeviceState[F]): void {
    state[field] = value;
    unit.attribute({
      tenantId: state.tenantId,
      entity: { entityType: 'DEVICE', id: state.deviceId },
      scope: 'SERVER_SCOPE',
      key: stateAttributes[field],
      kind: typeof value === 'boolean' ? ValueKind.boolean : ValueKind.long,
      value,
      lastUpdateMs: this.#deps.clock.nowMs(),
    });
  }

  #message(device: Device, state: DeviceState, type: string): ActionMessage {
    return {
      tenantId: state.tenantId,
      type,
      originator: { entityType: 'DEVICE', id: device.id },
      customerId: device.customerId,
      metadata: { deviceName: device.name, deviceLabel: device.label ?? '', deviceType: device.type, scope: 'SERVER_SCOPE' },
      data: stateBody(state, this.#deps.inactivityTimeoutMs, type),
    };
  }

  async #load(tenantId: TenantId, deviceId: DeviceId): Promise<DeviceState> {
    const known = this.#states.get(deviceId);
    if (known !== undefined) return known;
    const attributes = await this.#deps.store.attributes(tenantId, { entityType: 'DEVICE', id: deviceId }, 'SERVER_SCOPE', stateKeys);
    const state = stateOf(tenantId, deviceId, attributes);
    this.#states.set(deviceId, state);
    return state;
  }

  #setTimeout(entity: EntityId, timeoutMs: number | undefined): void {
    const state = this.#states.get(entity.id as DeviceId);
    if (state !== undefined) state.timeoutMs = timeoutMs;
  }
}

function copyOf(state: DeviceState | undefined): DeviceState | undefined {
  return state && { ...state };
}
