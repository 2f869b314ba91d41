import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rabbitmqPath } from '../workspace/components.mjs';
import { probe } from './probe.js';
import type { Place, Service } from './service.js';

const METHOD_FRAME = 1;
const CONNECTION_CLASS = 10;

/** RabbitMQ without plugins. Durable queues with their persistent messages survive a restart and a kill. */
export const rabbitmq: Service = {
  name: 'rabbitmq',
  component: 'rabbitmq-server',
  // For clients, for other nodes, of which there are none, and of Erlang's register of nodes.
  portCount: 3,
  env: ({ ports }) => [['RABBITMQ_URL', `amqp://guest:guest@127.0.0.1:${ports[0]}`]],
  prepare({ folder, ports }) {
    mkdirSync(join(folder, 'log'));
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'enabled_plugins'), '[].\n');
    const settings = {
      'listeners.tcp.1': `127.0.0.1:${ports[0]}`,
      'vm_memory_high_watermark.absolute': '512MB',
      'disk_free_limit.absolute': '50MB',
      'log.file': 'false',
      'log.console': 'true',
      'log.console.level': 'error',
    };
    const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`);
    writeFileSync(join(folder, 'rabbitmq.conf'), lines.join(''));
  },
  commands(place) {
    const env = nodeEnvironment(place);
    const register = { command: 'epmd', args: ['-address', '127.0.0.1', '-port', env.ERL_EPMD_PORT] };
    return [register, { command: rabbitmqPath, args: [], env }];
  },
  // The answer to the name of the protocol is the method "start" of a connection.
  answers: ({ ports }) =>
    probe(ports[0], 'AMQP\0\0\u0009\u0001', (reply) => reply.length >= 11 && reply[0] === METHOD_FRAME && reply.readUInt16BE(7) === CONNECTION_CLASS),
};

function nodeEnvironment({ folder, ports }: Place) {
  const [port, distributionPort, registerPort] = ports.map(String);
  if (port === undefined || distributionPort === undefined || registerPort === undefined) throw new Error('RabbitMQ needs three ports.');
  return {
    // Without the wrapper that listens for signals: the process that is started is the one to be killed.
    RUNNING_UNDER_SYSTEMD: 'true',
    NOTIFY_SOCKET: '',
    // The secret that nodes know each other by is written there.
    HOME: folder,
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_NODENAME: `fieldline-${port}@localhost`,
    RABBITMQ_DIST_PORT: distributionPort,
    ERL_EPMD_PORT: registerPort,
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+S 2:2 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}',
  };
}
