// `npm run pack:check` proves the packed product: npx starts it in an empty folder, on free ports, until it is ready;
// /api/health answers and the web app is served; SIGTERM to the server ends it with code 0. Times are printed.
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from './workspace/paths.mjs';

const READY_WITHIN_MS = 300_000;
const STOPPED_WITHIN_MS = 20_000;

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const tarball = `fieldline-${version}.tgz`;
if (!existsSync(join(root, tarball))) {
  console.error(`${tarball} is missing: npm run pack:product makes it.`);
  process.exit(1);
}

/** What a user has: no node_modules of this repository in the path, and settings that take free ports. */
function cleanEnvironment(cache) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|FIELDLINE_|NODE_OPTIONS$)/i.test(name));
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  const ports = { FIELDLINE_HTTP_PORT: '0', FIELDLINE_MQTT_PORT: '0', FIELDLINE_COAP_PORT: '0', FIELDLINE_HOST: '127.0.0.1' };
  return { ...Object.fromEntries(kept), ...ports, PATH: path.join(delimiter), npm_config_cache: cache };
}

const folder = mkdtempSync(join(tmpdir(), 'fieldline-empty-'));
// npx takes a path that starts with ./ for a package, and an absolute one for a program to run.
copyFileSync(join(root, tarball), join(folder, tarball));
const cache = mkdtempSync(join(tmpdir(), 'fieldline-npx-'));
const startedAt = performance.now();
const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
// A group of its own, so that npx, the shell between and the server can be ended together whatever happens.
const child = spawn('npx', ['--yes', `./${tarball}`, 'start'], {
  cwd: folder,
  env: cleanEnvironment(cache),
  detached: true,
  stdio: ['ignore', 'pipe', 'pipe'],
});
let output = '';
const exited = new Promise((resolve) => child.on('exit', (code, signal) => resolve(code ?? signal)));

async function main() {
  const ready = await readyLine();
  console.log(`Ready after ${seconds()}, installation included: ${ready}`);
  const base = `http://127.0.0.1:${/http=(\d+)/.exec(ready)?.[1]}`;
  const health = await fetch(`${base}/api/health`);
  if (!health.ok) throw new Error(`/api/health answers ${health.status}: ${await health.text()}`);
  const page = await fetch(base);
  if (!page.ok || !(await page.text()).includes('<script')) throw new Error(`The web app is not served: status ${page.status}.`);
  console.log('/api/health answers, the web app is served.');
  process.kill(serverProcess(), 'SIGTERM');
  const code = await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, STOPPED_WITHIN_MS, 'still running'))]);
  if (code !== 0) throw new Error(`After SIGTERM: exit code ${code}, expected 0.`);
  console.log(`Stopped with code 0, ${seconds()} in all.`);
}

function readyLine() {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Not ready within ${READY_WITHIN_MS / 1000} s.`)), READY_WITHIN_MS);
    const read = (bytes) => {
      output += bytes.toString();
      const line = /^ready .*$/m.exec(output)?.[0];
      if (line === undefined) return;
      clearTimeout(timer);
      resolve(line);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void exited.then((code) => reject(new Error(`npx ended with ${code} before the server was ready.`)));
  });
}

/** The process that runs the server: the last in the line npx, shell, server. */
function serverProcess() {
  let pid = child.pid;
  for (;;) {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    if (children === '') return pid;
    pid = Number(children.split(' ')[0]);
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(output.split('\n').slice(-40).join('\n'));
  process.exitCode = 1;
} finally {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group has ended, as it should have.
  }
  rmSync(folder, { recursive: true, force: true });
  rmSync(cache, { recursive: true, force: true });
}
