import { execFileSync } from 'node:child_process';
import { Agent, type IncomingMessage, request } from 'coap';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startServer, stopServer, temporaryFolder, TenantClient } from '@fieldline/e2e';
import { TestDevice } from './test-device.ts';
import { earlyAcknowledgements, hasEnded, type TraceVerdict } from './trace.ts';

const SYSCALLS = 'read,readv,write,writev,pwrite64,fsync,fdatasync,recvmsg,recvmmsg,recvfrom,sendmsg,sendmmsg,sendto';
const SINGLE_READINGS = 30;
const LOAD_MS = 1_500;

/**
 * Runs the server under strace and checks the order of system calls: between the arrival of a reading and
 * its acknowledgement there must be a write to the log and, after that write, a completed fsync. A second
 * run with `synchronous=OFF` must be caught, which proves that the check can fail.
 */
export async function powerTest(): Promise<string[]> {
  try {
    execFileSync('strace', ['-V'], { stdio: 'ignore' });
  } catch {
    return ['strace is not installed: apt-get install strace'];
  }
  const complaints: string[] = [];
  const safe = await tracedRun('FULL');
  process.stdout.write(`synchronous=FULL: ${describe(safe)}\n`);
  if (safe.early > 0) complaints.push(`${safe.early} acknowledgements left before their fsync`);
  for (const [protocol, count] of Object.entries(safe.acknowledgements)) {
    if (count < SINGLE_READINGS) complaints.push(`only ${count} ${protocol} acknowledgements were seen in the trace`);
  }
  const unsafe = await tracedRun('OFF');
  process.stdout.write(`synchronous=OFF: ${describe(unsafe)}\n`);
  if (unsafe.early === 0) complaints.push('a run without fsync was not caught: the check proves nothing');
  return complaints;
}

function describe(verdict: TraceVerdict): string {
  const counts = Object.entries(verdict.acknowledgements).map(([protocol, count]) => `${count} ${protocol}`);
  return `${counts.join(', ')} acknowledgements, ${verdict.early} before their fsync, ${verdict.fsyncs} fsyncs`;
}

async function tracedRun(synchronous: 'FULL' | 'OFF'): Promise<TraceVerdict> {
  const folder = await temporaryFolder('power');
  const trace = join(folder.path, 'trace.txt');
  const server = await startServer(folder.path, {
    // -D keeps the server our own child, so that signals reach it and not the tracer.
    wrap: ['strace', '-D', '--seccomp-bpf', '-f', '-y', '-s', '8192', '-e', `trace=${SYSCALLS}`, '-o', trace],
    env: { FIELDLINE_SQLITE_SYNCHRONOUS: synchronous },
    timeoutMs: 120_000,
  });
  try {
    const client = await TenantClient.signIn(server.ports.http);
    const tokens = (await client.createDevices('power', 3)).map((device) => device.token);
    for (let n = 0; n < SINGLE_READINGS; n += 1) {
      await httpReading(server.ports.http, tokens[0] ?? '', n);
      await coapReading(server.ports.coap, tokens[1] ?? '', n);
    }
    const device = new TestDevice(tokens[2] ?? '', 1_700_000_000_000);
    await device.start(server.ports.mqtt);
    await new Promise((resolve) => setTimeout(resolve, LOAD_MS));
    await device.finish(10_000);
  } finally {
    await stopServer(server);
  }
  try {
    return earlyAcknowledgements(await wholeTrace(trace, server.process.pid ?? 0));
  } finally {
    await folder.remove();
  }
}

/** The trace, once the tracer has written the end of the server. */
async function wholeTrace(path: string, pid: number): Promise<string> {
  for (let tried = 0; tried < 200; tried += 1) {
    const trace = await readFile(path, 'utf8');
    if (hasEnded(trace, pid)) return trace;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the trace does not end: strace was stopped before the server');
}

async function httpReading(port: number, token: string, n: number): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/${token}/telemetry`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"httpReading":${n}}`,
  });
  if (response.status !== 200) throw new Error(`HTTP telemetry answered ${response.status}`);
  await response.arrayBuffer();
}

function coapReading(port: number, token: string, n: number): Promise<void> {
  const agent = new Agent({ type: 'udp4' });
  return new Promise<void>((resolve, reject) => {
    const pathname = `/api/v1/${token}/telemetry`;
    const asked = request({ host: '127.0.0.1', port, method: 'POST', pathname, confirmable: true, agent });
    asked.on('response', (answer: IncomingMessage) => (answer.code === '2.01' ? resolve() : reject(new Error(`CoAP answered ${answer.code}`))));
    asked.on('error', reject);
    asked.end(`{"coapReading":${n}}`);
  }).finally(() => agent.close());
}
