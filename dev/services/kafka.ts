import { randomBytes } from 'node:crypto';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyJars, madeOnce, runTool, versionIn } from '../made-once.js';
import { probe } from './probe.js';
import type { Place, Service } from './service.js';

const pom = join(import.meta.dirname, 'kafka', 'pom.xml');
const version = versionIn(pom, /<artifactId>kafka_2\.13<\/artifactId>\s*<version>([^<]*)</);
const NODE_ID = 1;
const login = { user: 'fieldline', password: 'secret' };
const METADATA = { api: 3, version: 1 };
// Sizes for one machine: a client of the tests needs no more, and a start is faster.
const small = {
  'num.network.threads': 1,
  'num.io.threads': 2,
  'background.threads': 1,
  'log.cleaner.threads': 1,
  'log.cleaner.dedupe.buffer.size': 2_097_152,
  'offsets.topic.num.partitions': 1,
  'transaction.state.log.num.partitions': 1,
  'share.coordinator.state.topic.num.partitions': 1,
};

/** One broker that is its own controller (KRaft). Topics come to be when they are used, with three partitions. */
export const kafka: Service = {
  name: 'kafka',
  component: 'Java and Maven',
  // For clients, for the controller, and for clients that sign in.
  portCount: 3,
  // The jars have Kafka's own client, with which a test can look at what another one sent.
  env: ({ ports }) => [
    ['KAFKA_BROKERS', `127.0.0.1:${ports[0]}`],
    ['KAFKA_JARS', installed()],
    ['KAFKA_LOGIN_BROKERS', `${login.user}:${login.password}@127.0.0.1:${ports[2]}`],
  ],
  install: () => void installed(),
  prepare(place) {
    cpSync(join(installed(), 'formatted'), join(place.folder, 'data'), { recursive: true });
    writeFileSync(join(place.folder, 'server.properties'), properties(place));
  },
  commands: () => [{ command: 'java', args: [...javaOptions(installed()), 'kafka.Kafka', 'server.properties'] }],
  answers: ({ ports }) => probe(ports[0], metadataRequest(), hasBroker),
};

/** The folder with the jars, and with a data folder as the storage tool formats it, which does not depend on ports. */
function installed(): string {
  return madeOnce({ name: 'kafka', version }, [pom], (target) => {
    copyJars(join(pom, '..'), target);
    const settings = join(target, 'format.properties');
    writeFileSync(settings, properties({ folder: target, ports: [9092, 9093] }, 'formatted'));
    const format = ['kafka.tools.StorageTool', 'format', `--cluster-id=${randomBytes(16).toString('base64url')}`, '--config', settings];
    runTool('java', [...javaOptions(target), ...format], target);
  });
}

function javaOptions(jars: string): string[] {
  const log = '-Dorg.slf4j.simpleLogger.defaultLogLevel=error';
  return ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', log, '-cp', join(jars, '*')];
}

function properties({ folder, ports: [port, controllerPort, loginPort = 9094] }: Place, data = 'data'): string {
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': NODE_ID,
    'controller.quorum.voters': `${NODE_ID}@127.0.0.1:${controllerPort}`,
    listeners: `BROKER://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort},LOGIN://127.0.0.1:${loginPort}`,
    'listener.security.protocol.map': 'BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT,LOGIN:SASL_PLAINTEXT',
    'sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.login.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required user_${login.user}="${login.password}";`,
    'inter.broker.listener.name': 'BROKER',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': join(folder, data),
    'num.partitions': 3,
    'default.replication.factor': 1,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    // A first consumer does not wait for others to join it.
    'group.initial.rebalance.delay.ms': 0,
    ...small,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** Asks which brokers there are, and for no topic. */
function metadataRequest(): Buffer {
  const request = Buffer.alloc(18);
  request.writeInt32BE(request.length - 4, 0);
  request.writeInt16BE(METADATA.api, 4);
  request.writeInt16BE(METADATA.version, 6);
  // The correlation id stays 0. No client id, no topics.
  request.writeInt16BE(-1, 12);
  return request;
}

/** A broker that the controller does not know yet answers with an empty list. */
function hasBroker(reply: Buffer): boolean {
  return reply.length >= 12 && reply.length >= 4 + reply.readInt32BE(0) && reply.readInt32BE(8) > 0;
}
