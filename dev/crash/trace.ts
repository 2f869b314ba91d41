import { bytesOf } from './trace-text.ts';

type Protocol = 'MQTT' | 'HTTP' | 'CoAP';

/** What the order of system calls says. */
export interface TraceVerdict {
  readonly acknowledgements: Record<Protocol, number>;
  /** Acknowledgements with no fsync between the log write that followed their reading and themselves. */
  readonly early: number;
  readonly fsyncs: number;
}

/** How far a reading has come: off the socket, followed by a write to the log, followed by an fsync of that. */
interface Reading {
  step: 'arrived' | 'written' | 'synced';
}

/**
 * Reads an strace of the whole server. Each reading that arrives on a socket waits in the line of that socket;
 * a later write to the write-ahead log moves it on, and a completed fsync of the log after that once more.
 * Acknowledgements take readings from the front of the line, as MQTT demands; one that takes a reading which
 * is not synced came too early.
 */
export function earlyAcknowledgements(trace: string): TraceVerdict {
  const acknowledgements: Record<Protocol, number> = { MQTT: 0, HTTP: 0, CoAP: 0 };
  const lines = new Map<string, Reading[]>();
  const unfinished = new Map<string, string>();
  const verdict = { early: 0, fsyncs: 0 };
  for (const raw of trace.split('\n')) {
    const line = wholeCall(raw, unfinished);
    const call = line === undefined ? null : /^\d+\s+(\w+)\((\d+)<([^>]*)>(.*)$/.exec(line);
    if (call === null) continue;
    const [, name = '', fd = '', path = '', rest = ''] = call;
    if (path.endsWith('-wal')) followLog(lines, name, rest, verdict);
    else if (/^(TCP|UDP|socket)/.test(path)) {
      const waiting = lineOf(lines, `${fd}<${path}>`);
      for (let n = readingsIn(name, rest); n > 0; n -= 1) waiting.push({ step: 'arrived' });
      const sent = acknowledgementsIn(name, rest);
      if (sent === undefined) continue;
      acknowledgements[sent.protocol] += sent.count;
      for (let n = 0; n < sent.count; n += 1) if (waiting.shift()?.step !== 'synced') verdict.early += 1;
    }
  }
  return { acknowledgements, ...verdict };
}

/** True where the trace has reached the end of this process. strace pads short process ids with spaces. */
export function hasEnded(trace: string, pid: number): boolean {
  return new RegExp(`^${pid}\\s+\\+\\+\\+ (exited|killed)`, 'm').test(trace);
}

function lineOf(lines: Map<string, Reading[]>, socket: string): Reading[] {
  let waiting = lines.get(socket);
  if (waiting === undefined) lines.set(socket, (waiting = []));
  return waiting;
}

function followLog(lines: ReadonlyMap<string, readonly Reading[]>, name: string, rest: string, verdict: { fsyncs: number }): void {
  const isWrite = name === 'pwrite64' || name === 'write';
  const isSync = name.includes('sync') && rest.endsWith('= 0');
  if (isSync) verdict.fsyncs += 1;
  for (const waiting of lines.values()) {
    for (const reading of waiting) {
      if (isWrite && reading.step === 'arrived') reading.step = 'written';
      else if (isSync && reading.step === 'written') reading.step = 'synced';
    }
  }
}

/** The message of a datagram call, without the address that strace prints as text before it. */
function payloadOf(rest: string): string {
  const at = rest.indexOf('iov_base=');
  return at < 0 ? rest : rest.slice(at);
}

/** Calls that take effect at any time after they began are judged by their beginning, all others by their end. */
const OUTGOING = /^(write|writev|sendmsg|sendmmsg|sendto|pwrite64)$/;

/** Joins a call that strace printed in two parts because another thread came between. */
function wholeCall(line: string, unfinished: Map<string, string>): string | undefined {
  const [, thread = '', name = ''] = /^(\d+)\s+(\w+)\(/.exec(line) ?? [];
  if (line.endsWith('<unfinished ...>')) {
    unfinished.set(thread, line.slice(0, -'<unfinished ...>'.length));
    return OUTGOING.test(name) ? line : undefined;
  }
  const resumed = /^(\d+)\s+<\.\.\. (\w+) resumed>(.*)$/.exec(line);
  if (resumed === null) return line;
  const [, resumedThread = '', resumedName = '', end = ''] = resumed;
  const start = unfinished.get(resumedThread) ?? '';
  unfinished.delete(resumedThread);
  return OUTGOING.test(resumedName) ? undefined : start + end;
}

/** Readings in what was read: MQTT publishes by their topic, an HTTP request by its first line, a CoAP request by its path option. */
function readingsIn(name: string, rest: string): number {
  if (!/^(read|readv|recvmsg|recvmmsg|recvfrom)$/.test(name)) return 0;
  const publishes = rest.split('v1/devices/me/telemetry').length - 1;
  if (publishes > 0) return publishes;
  return rest.includes('POST /api/v1/') || rest.includes('telemetry') ? 1 : 0;
}

function acknowledgementsIn(name: string, rest: string): { protocol: Protocol; count: number } | undefined {
  if (name === 'write' || name === 'writev') {
    const bytes = bytesOf(rest);
    // PUBACK of MQTT 3.1.1: 0x40, remaining length 2, packet id. The test devices get nothing else after CONNACK.
    if (bytes[0] === 0x40 && bytes[1] === 2 && bytes.length % 4 === 0) return { protocol: 'MQTT', count: bytes.length / 4 };
    // The device API answers 200 with an empty body; the REST API always has one.
    return rest.includes('HTTP/1.1 200') && /content-length: 0\\r/i.test(rest) ? { protocol: 'HTTP', count: 1 } : undefined;
  }
  // CoAP 2.01: code byte 0x41 behind the byte with version, type and token length.
  return /^(sendmsg|sendmmsg|sendto)$/.test(name) && bytesOf(payloadOf(rest))[1] === 0x41 ? { protocol: 'CoAP', count: 1 } : undefined;
}
