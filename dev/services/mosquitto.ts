import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverPath } from '../workspace/components.mjs';
import { probe } from './probe.js';
import type { Place, Service } from './service.js';

const login = { user: 'fieldline', password: 'secret' };
// CONNECT of MQTT 3.1.1 without a client id, which every broker either accepts or refuses.
const connectPacket = Buffer.from([0x10, 12, 0, 4, ...Buffer.from('MQTT'), 4, 2, 0, 0, 0, 0]);
const CONNACK = 0x20;

/** An MQTT broker that lets everybody in. */
export const mosquitto = mosquittoWith({ name: 'mosquitto', variable: 'MQTT_BROKER_URL', userInfo: '' });

/** An MQTT broker that lets in only the user of its URL. */
export const mosquittoWithLogin = mosquittoWith({
  name: 'mosquitto-login',
  variable: 'MQTT_LOGIN_BROKER_URL',
  userInfo: `${login.user}:${login.password}@`,
});

function mosquittoWith({ name, variable, userInfo }: { name: Service['name']; variable: string; userInfo: string }): Service {
  const asksForLogin = userInfo !== '';
  return {
    name,
    component: 'mosquitto',
    portCount: 1,
    env: ({ ports }) => [[variable, `mqtt://${userInfo}127.0.0.1:${ports[0]}`]],
    prepare(place) {
      if (asksForLogin) writePasswords(place);
      const users = asksForLogin ? ['allow_anonymous false', `password_file ${join(place.folder, 'passwords')}`] : ['allow_anonymous true'];
      const settings = [`listener ${place.ports[0]} 127.0.0.1`, ...users, ...persistence(place)];
      writeFileSync(join(place.folder, 'mosquitto.conf'), `${settings.join('\n')}\n`);
    },
    commands: () => [{ command: serverPath('mosquitto') ?? 'mosquitto', args: ['-c', 'mosquitto.conf'] }],
    answers: ({ ports }) => probe(ports[0], connectPacket, (reply) => reply[0] === CONNACK && reply.length >= 4),
  };
}

/** Retained messages and queued ones of every length are kept; after a kill, those of the last second may be gone. */
function persistence({ folder }: Place): string[] {
  // As root it would change to a user that may not write here.
  const user = process.getuid?.() === 0 ? ['user root'] : [];
  return ['persistence true', `persistence_location ${folder}/`, 'autosave_interval 1', 'max_queued_messages 0', ...user];
}

function writePasswords({ folder }: Place): void {
  const { status, stderr } = spawnSync('mosquitto_passwd', ['-c', '-b', join(folder, 'passwords'), login.user, login.password]);
  if (status !== 0) throw new Error(`mosquitto_passwd failed: ${String(stderr)}`);
}
