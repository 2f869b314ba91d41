import type { MqttBroker, MqttBrokerOptions } from './mqtt-broker.js';

/** Makes the broker listener. aedes, 18 MB, is loaded here and not with the device endpoint: most servers have no broker. */
export async function mqttBroker(options: MqttBrokerOptions): Promise<MqttBroker> {
  const { MqttBroker } = await import('./mqtt-broker.js');
  return new MqttBroker(options);
}
