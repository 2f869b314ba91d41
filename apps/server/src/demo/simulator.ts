import type { Clock, Log } from '@fieldline/kernel';
import { generate } from 'mqtt-packet';
import { connect, type Socket } from 'node:net';
import { climateAt } from './climate.js';
import type { DemoDevice } from './greenhouse.js';

const PERIOD_MS = 2_000;
const RECONNECT_MS = 3_000;
const TOPIC = 'v1/devices/me/telemetry';

/** Sends readings of the demo devices through the real MQTT port, as devices would, until it is stopped. */
export class GreenhouseSimulator {
  readonly #devices: readonly DemoDevice[];
  readonly #port: number;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #sockets = new Map<string, Socket>();
  #cancel: () => void = () => undefined;
  #isStopped = false;
  #packetId = 0;

  constructor(options: { devices: readonly DemoDevice[]; port: number; clock: Clock; log: Log }) {
    this.#devices = options.devices;
    this.#port = options.port;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  start(): void {
    for (const device of this.#devices) this.#connect(device);
    this.#tick();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel();
    for (const socket of this.#sockets.values()) socket.end(generate({ cmd: 'disconnect' }));
    this.#sockets.clear();
  }

  #connect(device: DemoDevice): void {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    this.#sockets.set(device.token, socket);
    socket.on('connect', () => {
      const clientId = `demo-${device.token}`;
      socket.write(
        generate({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, clientId, keepalive: 60, username: device.token }),
      );
    });
    // What comes back are acknowledgements; the demo has nothing to resend.
    socket.resume();
    socket.on('error', (error) => this.#log.warn('demo-connection-failed', { device: device.name, reason: error.message }));
    socket.on('close', () => {
      this.#sockets.delete(device.token);
      if (!this.#isStopped) this.#clock.after('demo reconnect', RECONNECT_MS, () => !this.#isStopped && this.#connect(device));
    });
  }

  #tick(): void {
    this.#devices.forEach((device, bench) => {
      const socket = this.#sockets.get(device.token);
      if (socket === undefined || socket.connecting || !socket.writable) return;
      this.#packetId = (this.#packetId % 65_535) + 1;
      const payload = JSON.stringify(climateAt(this.#clock.nowMs(), bench, Math.random));
      socket.write(generate({ cmd: 'publish', topic: TOPIC, qos: 1, dup: false, retain: false, messageId: this.#packetId, payload }));
    });
    this.#cancel = this.#clock.after('demo readings', PERIOD_MS, () => this.#tick());
  }
}
