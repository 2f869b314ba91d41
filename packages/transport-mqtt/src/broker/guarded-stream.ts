import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { BrokerPeer } from '@fieldline/ports';
import { Framer, UNREADABLE, type PacketSink } from '../framer.js';
import { checkedPacket, isConnect } from './checked-packet.js';
import type { BrokerLimits } from './limits.js';
import { PublishLine } from './publish-line.js';

/**
 * A socket as the broker sees it: whole packets that were checked, one CONNECT first and nothing after it until the broker has
 * answered it. What belongs to the client of this connection and to no session is kept here too.
 */
export class GuardedStream extends Duplex implements PacketSink {
  /** Known when the client has proved who it is. */
  peer: BrokerPeer | undefined;
  /** Why the CONNECT is to be refused whoever sent it: a return code of MQTT 3.1.1 §3.2.2.3. */
  refusal: number | undefined;
  /** Filters that were granted, with their QoS; inside the broker. */
  readonly filters = new Map<string, number>();
  readonly line = new PublishLine();
  readonly #socket: Socket;
  readonly #limits: BrokerLimits;
  readonly #framer: Framer;
  /** Bytes that were read while nothing may be passed on. */
  #rest: Buffer | undefined;
  #isConnecting = false;
  #isConnected = false;
  #isFull = false;
  #isDraining = false;
  #hasEnded = false;

  constructor(socket: Socket, limits: BrokerLimits) {
    super({ highWaterMark: 65_536 });
    this.#socket = socket;
    this.#limits = limits;
    this.#framer = new Framer(limits.packetBytesMax);
    socket.on('data', (chunk) => this.#take(chunk));
    socket.once('end', () => {
      this.#hasEnded = true;
      this.#goOn();
    });
    // A reset by the peer is an ordinary end; 'close' follows and does the work.
    socket.on('error', () => undefined);
    socket.once('close', () => this.destroy());
  }

  /** The broker has answered the CONNECT: the packets behind it may come. */
  connected(): void {
    this.#isConnecting = false;
    this.#isConnected = true;
    this.#goOn();
  }

  /** Reads no more. */
  stop(): void {
    this.#isDraining = true;
    this.#socket.pause();
  }

  packet(bytes: Buffer, at: number, body: number, end: number): boolean {
    const { peer } = this;
    const checked =
      this.#isConnected && peer !== undefined ? checkedPacket(bytes, at, body, end, peer.tenantId) : this.#connect(bytes, at, body, end);
    if (checked === undefined) {
      this.destroy();
      return false;
    }
    this.#isFull = !this.push(checked);
    return !this.#isHeld;
  }

  override _read(): void {
    this.#isFull = false;
    this.#goOn();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (this.#socket.destroyed || this.#socket.write(chunk)) done();
    else this.#socket.once('drain', done);
  }

  /** A packet is written in pieces: what was written at once leaves at once, in one call of the system. */
  override _writev(chunks: readonly { readonly chunk: Buffer }[], done: () => void): void {
    const bytes = Buffer.concat(chunks.map(({ chunk }) => chunk));
    if (this.#socket.destroyed || this.#socket.write(bytes)) done();
    else this.#socket.once('drain', done);
  }

  override _final(done: () => void): void {
    this.#socket.end();
    done();
  }

  override _destroy(_error: Error | null, done: (error: Error | null) => void): void {
    this.#rest = undefined;
    // The last bytes may be the answer that says why.
    this.#socket.setTimeout(this.#limits.closeMs, () => this.#socket.destroy());
    this.#socket.destroySoon();
    done(null);
  }

  get #isHeld(): boolean {
    return this.#isConnecting || this.#isFull || this.#isDraining;
  }

  #connect(bytes: Buffer, at: number, body: number, end: number): Buffer | undefined {
    if (!isConnect(bytes, at, body, end)) return undefined;
    this.#isConnecting = true;
    return bytes.subarray(at, end);
  }

  #take(chunk: Buffer): void {
    if (this.destroyed) return;
    if (this.#isHeld) {
      this.#rest = this.#rest === undefined ? chunk : Buffer.concat([this.#rest, chunk]);
      this.#socket.pause();
      return;
    }
    const at = this.#framer.cut(chunk, 0, this);
    if (this.destroyed) return;
    if (at === UNREADABLE) this.destroy();
    else if (this.#isHeld) {
      this.#rest = at < chunk.length ? chunk.subarray(at) : undefined;
      this.#socket.pause();
    }
  }

  #goOn(): void {
    if (this.destroyed || this.#isHeld) return;
    const rest = this.#rest;
    this.#rest = undefined;
    if (rest !== undefined) this.#take(rest);
    if (this.destroyed || this.#isHeld) return;
    if (this.#hasEnded) this.push(null);
    else this.#socket.resume();
  }
}
