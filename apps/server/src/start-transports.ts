import type { Clock, Log } from '@fieldline/kernel';
import { transports } from './adapters.js';
import type { BrokerParts } from './broker/broker-parts.js';
import type { Settings } from './config/settings.js';
import type { EngineDeviceGateway } from './engine-host/device-gateway.js';

/** What every device transport with a port of its own can do. */
interface Transport {
  /** @returns the port it listens on */
  listen(): Promise<number>;
  stopAccepting(): Promise<void> | void;
  drain(): Promise<void>;
  close(): Promise<void>;
}

export interface RunningTransports {
  readonly ports: { readonly mqtt: number | undefined; readonly coap: number | undefined; readonly broker: number | undefined };
  stopAccepting(): Promise<void>;
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** Whether and how devices may speak 1/KP, over whatever transport. */
export function kaaRules({ FIELDLINE_KAA: kaa, FIELDLINE_KAA_PATHS: paths }: Settings): {
  readonly isKaaEnabled: boolean;
  readonly isKaaRelaxed: boolean;
} {
  return { isKaaEnabled: kaa === 'on', isKaaRelaxed: paths === 'relaxed' };
}

/** Starts the device transports that are not turned off. */
export async function startTransports(deps: {
  readonly settings: Settings;
  readonly gateway: EngineDeviceGateway;
  /** What the broker listener stands on besides; made where it is on. */
  readonly broker: () => BrokerParts;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<RunningTransports> {
  const { settings, gateway, clock, log } = deps;
  const host = settings.FIELDLINE_HOST;
  const running: Transport[] = [];
  const open = async (transport: Transport): Promise<number> => {
    const port = await transport.listen();
    running.push(transport);
    return port;
  };
  const { mqttTransport, mqttBroker } = await transports.mqtt();
  const { coapTransport } = await transports.coap();
  const each = async (act: (transport: Transport) => Promise<void> | void): Promise<void> => {
    await Promise.all(running.map(async (transport) => act(transport)));
  };
  try {
    const { FIELDLINE_MQTT_PORT: mqttPort, FIELDLINE_COAP_PORT: coapPort } = settings;
    const mqtt = mqttPort === undefined ? undefined : await open(mqttTransport({ gateway, host, port: mqttPort, clock, log, ...kaaRules(settings) }));
    const coap = coapPort === undefined ? undefined : await open(coapTransport({ gateway, host, port: coapPort, clock, log }));
    const brokerPort = settings.FIELDLINE_BROKER_PORT;
    const openBroker = async (port: number): Promise<number> => {
      const { started, ...parts } = deps.broker();
      const broker = await mqttBroker({ ...parts, host, port, clock, log });
      const opened = await open(broker);
      started((publication) => broker.publish(publication));
      return opened;
    };
    const broker = brokerPort === undefined ? undefined : await openBroker(brokerPort);
    return {
      ports: { mqtt, coap, broker },
      stopAccepting: () => each((transport) => transport.stopAccepting()),
      drain: () => each((transport) => transport.drain()),
      close: () => each((transport) => transport.close()),
    };
  } catch (error) {
    await each((transport) => transport.close());
    throw error;
  }
}
