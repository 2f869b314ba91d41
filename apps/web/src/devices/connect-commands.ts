import type { Endpoints } from '../api/wire.js';

export interface ConnectCommand {
  /** The client it is for, such as "mosquitto_pub, MQTT 5". */
  readonly title: string;
  readonly command: string;
}

export interface ConnectProtocol {
  readonly id: 'mqtt' | 'http' | 'coap' | 'kaa';
  readonly name: string;
  readonly isAvailable: boolean;
  /** Why it cannot be used, and what to do. */
  readonly reason?: string;
  readonly commands: readonly ConnectCommand[];
}

interface Subject {
  readonly endpoints: Endpoints;
  readonly token: string;
  readonly appVersion: string;
}

const reading = '{"temperature":21.5,"humidity":48}';

/** The commands that send a first reading, ready to be pasted into a shell, for each protocol the server speaks. */
export function connectProtocols(subject: Subject): readonly ConnectProtocol[] {
  const { mqtt, coap } = subject.endpoints;
  const off = (name: string, setting: string) => `${name} is turned off on this server. Set ${setting} and restart it.`;
  return [
    {
      id: 'mqtt',
      name: 'MQTT',
      isAvailable: mqtt !== null,
      reason: off('MQTT', 'FIELDLINE_MQTT_PORT'),
      commands: mqtt === null ? [] : mqttCommands(subject, mqtt),
    },
    { id: 'http', name: 'HTTP', isAvailable: true, commands: httpCommands(subject) },
    {
      id: 'coap',
      name: 'CoAP',
      isAvailable: coap !== null,
      reason: off('CoAP', 'FIELDLINE_COAP_PORT'),
      commands: coap === null ? [] : coapCommands(subject, coap),
    },
    {
      id: 'kaa',
      name: 'Kaa 1/KP',
      isAvailable: mqtt !== null && subject.endpoints.kaa !== false,
      reason: 'Kaa 1/KP is turned off on this server, or MQTT is.',
      commands: mqtt === null ? [] : kaaCommands(subject, mqtt),
    },
  ];
}

function mqttCommands({ endpoints: { host }, token }: Subject, port: number): ConnectCommand[] {
  const publish = (version: string) =>
    `mosquitto_pub -V ${version} -q 1 -h ${host} -p ${port} \\\n  -u ${quote(token)} -t v1/devices/me/telemetry \\\n  -m ${quote(reading)}`;
  return [
    { title: 'mosquitto_pub, MQTT 3.1.1', command: publish('mqttv311') },
    { title: 'mosquitto_pub, MQTT 5', command: publish('mqttv5') },
    { title: 'Node only, MQTT 3.1.1', command: nodeCommand('mqtt', host, port, token) },
    { title: 'Node only, MQTT 5', command: nodeCommand('mqtt', host, port, token, ' --mqtt5') },
  ];
}

function httpCommands({ endpoints: { host, http }, token }: Subject): ConnectCommand[] {
  const address = `http://${host}:${http}/api/v1/${token}/telemetry`;
  return [
    { title: 'curl', command: `curl -i -X POST ${quote(address)} \\\n  -H 'Content-Type: application/json' -d ${quote(reading)}` },
    { title: 'Node only', command: nodeCommand('http', host, http, token) },
  ];
}

function coapCommands({ endpoints: { host }, token }: Subject, port: number): ConnectCommand[] {
  return [
    {
      title: 'coap-client',
      command: `coap-client -m post -t json -e ${quote(reading)} \\\n  ${quote(`coap://${host}:${port}/api/v1/${token}/telemetry`)}`,
    },
    { title: 'Node only', command: nodeCommand('coap', host, port, token) },
  ];
}

function kaaCommands({ endpoints: { host }, token, appVersion }: Subject, port: number): ConnectCommand[] {
  const topic = `kp1/${appVersion}/dcx/${token}/json`;
  return [
    { title: 'mosquitto_pub', command: `mosquitto_pub -q 1 -h ${host} -p ${port} \\\n  -t ${quote(topic)} \\\n  -m ${quote(`[${reading}]`)}` },
    { title: 'Node only', command: nodeCommand('kaa', host, port, token, ` --app ${quote(appVersion)}`) },
  ];
}

function nodeCommand(protocol: ConnectProtocol['id'], host: string, port: number, token: string, options = ''): string {
  // Not npx: outside of the repository it would fetch whatever package has this name from the registry.
  return `npm run fieldline -- send ${protocol} --host ${host} --port ${port} \\\n  --token ${quote(token)}${options} \\\n  ${quote(reading)}`;
}

/** Quotes a word for a POSIX shell where it needs it. */
export function quote(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
