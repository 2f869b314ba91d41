import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { root } from './paths.mjs';

/**
 * What some suites need besides Node.js and npm. `suite` is the file or folder that needs it, `debian` and `pip` the
 * packages that bring it. `.ci/run` installs all of them and fails without; `npm test` says what it could not run.
 */
export const components = [
  { name: 'Chromium', suite: 'e2e/src', debian: 'chromium', isThere: () => chromiumPath() !== undefined },
  { name: 'mosquitto_pub', suite: 'e2e/src', debian: 'mosquitto-clients', isThere: () => onPath('mosquitto_pub') !== undefined },
  { name: 'coap-client', suite: 'e2e/src', debian: 'libcoap3-bin', isThere: () => coapClient() !== undefined },
  { name: 'curl', suite: 'e2e/src', debian: 'curl', isThere: () => onPath('curl') !== undefined },
  { name: 'paho (Python)', suite: 'e2e/src', debian: 'python3-paho-mqtt', pip: 'paho-mqtt', isThere: () => pythonHas('paho.mqtt.client') },
  { name: 'tb-rest-client (Python)', suite: 'e2e/src', pip: 'tb-rest-client', isThere: () => pythonHas('tb_rest_client') },
  { name: 'redis-server', suite: 'dev/services', debian: 'redis-server', isThere: () => onPath('redis-server') !== undefined },
  { name: 'rabbitmq-server', suite: 'dev/services', debian: 'rabbitmq-server', isThere: () => existsSync(rabbitmqPath) },
  { name: 'mosquitto', suite: 'dev/services', debian: 'mosquitto', isThere: () => serverPath('mosquitto') !== undefined },
  { name: 'aiosmtpd (Python)', suite: 'dev/services', pip: 'aiosmtpd', isThere: () => pythonHas('aiosmtpd') },
  { name: 'Java and Maven', suite: 'dev/services', debian: 'default-jdk-headless maven', isThere: hasJavaAndMaven },
  { name: 'docker-compose', suite: 'docker-compose.yml', debian: 'docker-compose', isThere: () => onPath('docker-compose') !== undefined },
  { name: 'strace', suite: 'dev/crash-test.ts', debian: 'strace', isThere: () => onPath('strace') !== undefined },
];

/** @returns {string | undefined} the browser that the e2e journeys drive; `FIELDLINE_CHROMIUM` names another one */
export function chromiumPath() {
  const chosen = process.env.FIELDLINE_CHROMIUM;
  if (chosen !== undefined) return existsSync(chosen) ? chosen : undefined;
  return onPath('chromium') ?? onPath('chromium-browser') ?? onPath('google-chrome');
}

/** @returns {string | undefined} the client of libcoap, whose name depends on the TLS library it was built with */
export function coapClient() {
  return ['coap-client', 'coap-client-notls', 'coap-client-openssl', 'coap-client-gnutls'].map(onPath).find((path) => path !== undefined);
}

/** @returns {string} how to get a component that is missing, as the end of a sentence */
export function howToInstall({ debian, pip }) {
  return debian === undefined ? `Install it with pip install ${pip}` : `On Debian: apt-get install ${debian}`;
}

/** The program itself; the one on the path changes to another user and to a folder that is not ours. */
export const rabbitmqPath = '/usr/lib/rabbitmq/bin/rabbitmq-server';

/** @returns {string | undefined} where a server is, which only an administrator has on the path */
export function serverPath(program) {
  return onPath(program) ?? ['/usr/sbin', '/usr/local/sbin'].map((folder) => join(folder, program)).find((path) => existsSync(path));
}

/** @returns {string | undefined} where a program is */
export function onPath(program) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

/** Those of `components` that are not there but whose suite is in the repository. */
export function missingComponents() {
  return components.filter(({ suite, isThere }) => existsSync(join(root, suite)) && !isThere());
}

function pythonHas(module) {
  return spawnSync('python3', ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0;
}

function hasJavaAndMaven() {
  return onPath('java') !== undefined && onPath('mvn') !== undefined;
}
