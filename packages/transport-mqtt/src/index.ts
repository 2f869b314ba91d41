export type { MqttTransportOptions } from './mqtt-transport.js';
export { MqttTransport, mqttTransport } from './mqtt-transport.js';
export type { MqttStats } from './counters.js';
export type { MqttLimits } from './limits.js';
export { defaultMqttLimits } from './limits.js';
export { mqttErrors } from './errors.js';
