import type { Socket } from 'node:net';
import type { Clock, Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import type { DeviceId } from '@fieldline/model';
import type { DeviceSession } from '@fieldline/ports';
import { Attachment } from './attachment.js';
import {
  acceptedConnack,
  claimOf,
  connectRequestOf,
  credentialsRefusal,
  refusalOf,
  refusedConnack,
  type ConnectRequest,
  type Refusal,
} from './connect-request.js';
import { decodeControl, encodePacket, isFault, PacketType } from './control-packet.js';
import { EarlyPackets } from './early-packets.js';
import { Framer, UNREADABLE, type PacketSink } from './framer.js';
import { SWEEP_MS } from './limits.js';
import { MqttSession } from './mqtt-session.js';
import { Reason, ReturnCode } from './reason-codes.js';
import { disconnectPacket } from './reply-buffer.js';
import { Stall, type SessionContext, type SessionLink } from './session-context.js';

/** What a connection tells the endpoint that owns it. */
export interface ConnectionOwner {
  readonly clock: Clock;
  /** A session of this device begins; an older one of the same device must end. */
  sessionOpened(deviceId: DeviceId, connection: MqttConnection): void;
  /** The intake is full: call `resumeReading` when it is this connection's turn again. */
  waitForRoom(connection: MqttConnection): void;
  /** Nothing of this connection is left. */
  finished(connection: MqttConnection): void;
}

type Phase = 'silent' | 'authenticating' | 'open' | 'closing' | 'finished';

/** One socket: cuts its bytes into packets, sees the CONNECT through, then passes packets to the session. */
export class MqttConnection implements PacketSink, SessionLink {
  readonly #number: number;
  readonly #socket: Socket;
  readonly #context: SessionContext;
  readonly #owner: ConnectionOwner;
  readonly #framer: Framer;
  #phase: Phase = 'silent';
  /** When the phase began, and later when the last packet came; on the clock of the sweep. */
  #seenAtMs: number;
  #stalls = 0;
  /** Bytes read but not yet cut, because of a stall. */
  #rest: Buffer | undefined;
  #early: EarlyPackets | undefined;
  #session: MqttSession | undefined;
  #isSocketGone = false;
  /** 0 until a CONNECT said it. */
  #version = 0;

  constructor(socket: Socket, number: number, context: SessionContext, owner: ConnectionOwner) {
    this.#number = number;
    this.#socket = socket;
    this.#context = context;
    this.#owner = owner;
    this.#framer = new Framer(context.limits.packetBytesMax);
    this.#seenAtMs = context.sweptAtMs;
    socket.on('data', (chunk) => this.#onData(chunk));
    // A reset by the peer is an ordinary end; 'close' follows and does the work.
    socket.on('error', () => undefined);
    socket.once('close', () => this.#onSocketGone());
  }

  get isClosed(): boolean {
    return this.#phase === 'closing' || this.#phase === 'finished';
  }

  packet(bytes: Buffer, at: number, body: number, end: number): boolean {
    this.#seenAtMs = this.#context.sweptAtMs;
    if (this.#session === undefined) this.#connect(bytes, at, body, end);
    else if ((bytes[at] as number) >> 4 === PacketType.publish) this.#session.publish(bytes, at, body, end);
    else this.#session.control(bytes, at, body, end);
    return this.#stalls === 0 && this.#phase === 'open';
  }

  write(bytes: Buffer): void {
    if (this.#isSocketGone) return;
    this.#socket.write(bytes);
    if (this.#socket.writableLength > this.#context.limits.unsentBytesMax && (this.#stalls & Stall.unsent) === 0) {
      this.stall(Stall.unsent);
      this.#socket.once('drain', () => this.resume(Stall.unsent));
    }
  }

  stall(cause: number): void {
    if (this.isClosed) return;
    if (this.#stalls === 0) {
      this.#context.stats.pauses += 1;
      this.#socket.pause();
    }
    this.#stalls |= cause;
  }

  resume(cause: number): void {
    if ((this.#stalls & cause) === 0) return;
    this.#stalls &= ~cause;
    if (this.#stalls === 0) this.#continue();
  }

  close(reason: number): void {
    if (this.isClosed) return;
    if (this.#version === 5 && !this.#isSocketGone) this.#socket.write(disconnectPacket(reason));
    this.closeQuietly();
  }

  closeQuietly(): void {
    if (this.isClosed) return;
    this.#phase = 'closing';
    this.#seenAtMs = this.#context.sweptAtMs;
    this.#rest = undefined;
    this.#early = undefined;
    this.#stalls = 0;
    if (this.#isSocketGone) this.#finish();
    else {
      this.#socket.end();
      // What still comes is thrown away, so that the end of the stream is seen.
      this.#socket.resume();
    }
  }

  /** Closes what has been silent for too long; called every `SWEEP_MS`. */
  sweep(nowMs: number): void {
    const { limits, stats } = this.#context;
    const silentMs = nowMs - this.#seenAtMs;
    if (this.#phase === 'closing') {
      if (silentMs > limits.closeMs) this.#socket.destroy();
    } else if (this.#phase !== 'open') {
      if (silentMs > limits.connectMs) this.#cut();
    } else if (this.#stalls !== 0) this.#seenAtMs = nowMs;
    else {
      const keepAliveMs = this.#session?.request.keepAliveMs ?? 0;
      // MQTT 3.1.1 §3.1.2.10: one and a half times the keep-alive; one sweep more, because times are those of sweeps.
      const isMute = keepAliveMs > 0 && silentMs > keepAliveMs * 1.5 + SWEEP_MS;
      if (!isMute && silentMs <= limits.inactivityMs) return;
      stats.silentClosed += 1;
      this.close(isMute ? Reason.keepAliveTimeout : Reason.maximumConnectTime);
    }
  }

  resumeReading(): void {
    this.resume(Stall.intakeFull);
  }

  /** Ends the socket without waiting for anything. */
  destroy(): void {
    this.closeQuietly();
    this.#socket.destroy();
  }

  revoke(deviceId: DeviceId): void {
    this.#session?.revoke(deviceId);
  }

  get deviceId(): DeviceId | undefined {
    return this.#session?.deviceId;
  }

  #onData(chunk: Buffer): void {
    if (this.isClosed) return;
    if (this.#phase === 'authenticating') this.#keepEarly(chunk);
    else if (this.#stalls !== 0) this.#rest = this.#rest === undefined ? chunk : Buffer.concat([this.#rest, chunk]);
    else this.#read(chunk);
  }

  #read(chunk: Buffer): void {
    const context = this.#context;
    if (context.intake.isFull && this.#phase === 'open') {
      this.#rest = chunk;
      this.stall(Stall.intakeFull);
      this.#owner.waitForRoom(this);
      return;
    }
    context.readAtMs = this.#owner.clock.nowMs();
    const at = this.#framer.cut(chunk, 0, this);
    if (this.isClosed) return;
    if (at === UNREADABLE) this.#closeUnreadable();
    else if (at < chunk.length) {
      const rest = chunk.subarray(at);
      if (this.#early !== undefined) this.#keepEarly(rest);
      else this.#rest = rest;
    }
  }

  #continue(): void {
    const rest = this.#rest;
    this.#rest = undefined;
    if (rest !== undefined) this.#read(rest);
    if (this.#stalls !== 0 || this.isClosed) return;
    if (this.#isSocketGone) this.#finish();
    else this.#socket.resume();
  }

  #connect(bytes: Buffer, at: number, body: number, end: number): void {
    // MQTT 3.1.1 §3.1.0: the first packet must be a CONNECT.
    const packet = (bytes[at] as number) >> 4 === PacketType.connect ? decodeControl.connect(bytes, at, body, end) : { reason: Reason.protocolError };
    if (isFault(packet)) {
      if (packet.unacceptableVersion) this.#refuse(4, { reason: 0, returnCode: ReturnCode.unacceptableVersion });
      else this.#closeUnreadable();
      return;
    }
    const request = connectRequestOf(packet);
    const refusal = refusalOf(request);
    if (refusal !== undefined) {
      this.#refuse(request.version, refusal);
      return;
    }
    this.#phase = 'authenticating';
    this.#version = request.version;
    this.#early = new EarlyPackets(this.#context.limits);
    this.#context.gateway.authenticate(claimOf(request), 'MQTT').then(
      (found) => this.#authenticated(request, found),
      (error: unknown) => this.#authenticated(request, problemOf(error)),
    );
  }

  #authenticated(request: ConnectRequest, found: DeviceSession | Problem): void {
    const { gateway, isKaaEnabled, limits } = this.#context;
    const attachment = 'handle' in found ? new Attachment(found, gateway) : undefined;
    if (this.#phase !== 'authenticating') {
      attachment?.release();
      return;
    }
    // device-api.md §3.3, and for a client that names nobody kaa.md §14.
    const isKaaOnly = isKaaEnabled && !request.userName && !('handle' in found) && found.kind === 'unauthenticated';
    if (!('handle' in found) && !isKaaOnly) {
      this.#refuse(request.version, credentialsRefusal(request, found));
      return;
    }
    this.#phase = 'open';
    this.#seenAtMs = this.#context.sweptAtMs;
    this.#session = new MqttSession(request, this.#context, this, attachment);
    this.#context.stats.sessionsOpen += 1;
    if (!this.#isSocketGone && this.deviceId !== undefined) this.#owner.sessionOpened(this.deviceId, this);
    this.write(encodePacket(acceptedConnack(request, limits, this.#number), request.version));
    this.#rest = this.#early?.all();
    this.#early = undefined;
    this.#stalls &= ~Stall.early;
    if (this.#stalls === 0) this.#continue();
  }

  #keepEarly(chunk: Buffer): void {
    const early = this.#early;
    if (early === undefined) return;
    if (!early.add(chunk)) this.#closeUnreadable();
    else if (early.areTooMany) this.close(Reason.quotaExceeded);
    else if (early.areTooLarge) this.stall(Stall.early);
  }

  #refuse(version: number, refusal: Refusal): void {
    this.#context.stats.authenticationsRefused += 1;
    if (!this.#isSocketGone) this.#socket.write(encodePacket(refusedConnack(refusal), version));
    this.closeQuietly();
  }

  #closeUnreadable(): void {
    this.#context.stats.malformedPackets += 1;
    this.close(Reason.malformedPacket);
  }

  #cut(): void {
    this.#context.stats.silentClosed += 1;
    this.destroy();
  }

  #onSocketGone(): void {
    this.#isSocketGone = true;
    this.#stalls &= ~Stall.unsent;
    // What was received is still processed (kaa.md §2.4): it may wait for credentials, or behind a stall.
    if (this.#phase === 'authenticating') return;
    if (this.#stalls === 0) this.#finish();
  }

  #finish(): void {
    if (this.#phase === 'finished') return;
    this.#phase = 'finished';
    if (this.#session !== undefined) this.#context.stats.sessionsOpen -= 1;
    this.#session?.end();
    this.#owner.finished(this);
  }
}
