import type { Clock, Problem } from '@fieldline/kernel';
import { epochMs } from '@fieldline/kernel';
import type { DeviceId, DeviceProfile, TenantId } from '@fieldline/model';
import type { DeviceClaim, DeviceGateway, DeviceSession, TransportName } from '@fieldline/ports';
import { deviceErrors } from '@fieldline/ports';
import type { UplinkKind } from '@fieldline/protocol';
import { readUplinks } from '@fieldline/protocol';

const malformed: Problem = { code: 'PROTOCOL_PAYLOAD_MALFORMED', kind: 'invalid-input', message: 'Bad.', remedy: 'Send JSON.', retry: 'never' };

/**
 * Stands in for the gateway behind a transport that is tested alone: knows the tokens it is told, records what it is
 * given, and stores at once unless the test holds it or lets it fail. A payload of `{` counts as malformed.
 */
export class FakeGateway implements DeviceGateway {
  readonly tokens = new Set(['T1', 'T2', 'a b/ü']);
  readonly claims: DeviceClaim[] = [];
  readonly batches: { device: string; kind: UplinkKind; topic: string; text: string }[][] = [];
  readonly closedDevices: string[] = [];
  /** Devices that did something other than send. */
  readonly seenDevices: string[] = [];
  readonly held: (() => void)[] = [];
  isHolding = false;
  isFull = false;
  failure: Error | undefined;
  authenticateFailure: Error | undefined;
  readonly #sessions = new Map<number, DeviceSession>();
  #revoked: (deviceId: DeviceId) => void = () => undefined;

  authenticate(claim: DeviceClaim, transport: TransportName): Promise<DeviceSession | Problem> {
    this.claims.push(claim);
    if (this.authenticateFailure !== undefined) return Promise.reject(this.authenticateFailure);
    if (!('token' in claim) || !this.tokens.has(claim.token)) return Promise.resolve(deviceErrors.UNKNOWN());
    const session: DeviceSession = {
      handle: this.claims.length,
      tenantId: 'tenant' as TenantId,
      deviceId: `device of ${claim.token}` as DeviceId,
      customerId: undefined,
      deviceName: 'name',
      profile: {} as DeviceProfile,
      transport,
    };
    this.#sessions.set(session.handle, session);
    return Promise.resolve(session);
  }

  async accept(uplinks: ArrayBuffer): Promise<{ problems: Map<number, Problem> }> {
    const batch = [...readUplinks(uplinks)].map(({ handle, kind, topic, payload }) => ({
      device: this.#sessions.get(handle)?.deviceId ?? 'unknown session',
      kind,
      topic,
      text: new TextDecoder().decode(payload),
    }));
    this.batches.push(batch);
    if (this.isHolding) await new Promise<void>((resolve) => this.held.push(resolve));
    if (this.failure !== undefined) throw this.failure;
    return { problems: new Map(batch.flatMap(({ text }, place) => (text === '{' ? [[place, malformed] as const] : []))) };
  }

  onRoom(): void {
    // Request transports answer "later" instead of waiting for room.
  }
  seen(session: DeviceSession): void {
    this.seenDevices.push(session.deviceId);
  }
  closed(session: DeviceSession): void {
    this.closedDevices.push(session.deviceId);
    this.#sessions.delete(session.handle);
  }
  onRevoked(listener: (deviceId: DeviceId) => void): void {
    this.#revoked = listener;
  }
  revoke(deviceId: string): void {
    this.#revoked(deviceId as DeviceId);
  }
}

/** Time that stands still until a test moves it. */
export class TestClock implements Clock {
  #nowMs = 1_700_000_000_000;
  readonly #timers = new Set<{ atMs: number; fn: () => void }>();
  nowMs = () => epochMs(this.#nowMs);
  monotonicMs = () => this.#nowMs;
  after = (_name: string, delayMs: number, fn: () => void) => {
    const timer = { atMs: this.#nowMs + delayMs, fn };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };
  advanceMs(ms: number): void {
    this.#nowMs += ms;
    for (const timer of [...this.#timers]) if (timer.atMs <= this.#nowMs && this.#timers.delete(timer)) timer.fn();
  }
}
