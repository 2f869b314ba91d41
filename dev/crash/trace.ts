/** What the order of system calls says. */
export interface TraceVerdict {
  readonly acknowledgements: Record<'MQTT' | 'HTTP' | 'CoAP', number>;
  /** Acknowledgements with no fsync between the log write that followed their reading and themselves. */
  readonly early: number;
  readonly fsyncs: number;
}

type Step = 'arrived' | 'written' | 'synced';

/**
 * Reads an strace of the whole server. Each socket that brings a reading starts at `arrived`; a later write
 * to the write-ahead log moves every such socket to `written`; a completed fsync of the log after that to
 * `synced`. An acknowledgement that leaves a socket which is not `synced` came too early.
 */
export function earlyAcknowledgements(trace: string): TraceVerdict {
  const acknowledgements = { MQTT: 0, HTTP: 0, CoAP: 0 };
  const steps = new Map<string, Step>();
  const unfinished = new Map<string, string>();
  let early = 0;
  let fsyncs = 0;
  for (const raw of trace.split('\n')) {
    const line = wholeCall(raw, unfinished);
    if (line === undefined) continue;
    const call = /^\d+\s+(\w+)\((\d+)<([^>]*)>(.*)$/.exec(line);
    if (call === null) continue;
    const [, name = '', fd = '', path = '', rest = ''] = call;
    if (path.endsWith('-wal')) {
      if (name === 'pwrite64' || name === 'write') advance(steps, 'arrived', 'written');
      if (name.includes('sync') && rest.endsWith('= 0')) {
        fsyncs += 1;
        advance(steps, 'written', 'synced');
      }
    } else if (path.startsWith('TCP') || path.startsWith('UDP') || path.startsWith('socket')) {
      const socket = `${fd}<${path}>`;
      if (isReading(name, rest)) steps.set(socket, 'arrived');
      const protocol = acknowledgedProtocol(name, rest);
      if (protocol === undefined) continue;
      acknowledgements[protocol] += 1;
      if (steps.get(socket) !== 'synced') early += 1;
    }
  }
  return { acknowledgements, early, fsyncs };
}

/** Joins a call that strace printed in two parts because another thread came between; it counts when it ended. */
function wholeCall(line: string, unfinished: Map<string, string>): string | undefined {
  const thread = line.slice(0, line.indexOf(' '));
  if (line.endsWith('<unfinished ...>')) {
    unfinished.set(thread, line.slice(0, -'<unfinished ...>'.length));
    // A write to a socket or file takes effect at any time after it began: it is judged by its beginning.
    return /^\d+\s+(write|writev|sendmsg|sendmmsg|sendto|pwrite64)\(/.test(line) ? line : undefined;
  }
  const resumed = /^\d+\s+<\.\.\. (\w+) resumed>(.*)$/.exec(line);
  if (resumed === null) return line;
  const start = unfinished.get(thread) ?? '';
  unfinished.delete(thread);
  return /^(write|writev|sendmsg|sendmmsg|sendto|pwrite64)$/.test(resumed[1] ?? '') ? undefined : `${start}${resumed[2] ?? ''}`;
}

function advance(steps: Map<string, Step>, from: Step, to: Step): void {
  for (const [socket, step] of steps) if (step === from) steps.set(socket, to);
}

function isReading(name: string, rest: string): boolean {
  if (!/^(read|readv|recvmsg|recvmmsg|recvfrom)$/.test(name)) return false;
  // A publish to v1/devices/me/telemetry, an HTTP post of telemetry, or a CoAP path option.
  return rest.includes('v1/devices/me') || rest.includes('POST /api/v1/') || /"[A-Za-z]\\\d/.test(rest) || rest.includes('telemetry');
}

function acknowledgedProtocol(name: string, rest: string): 'MQTT' | 'HTTP' | 'CoAP' | undefined {
  if (name === 'write' || name === 'writev') {
    // PUBACK is the byte 0x40 ("@") and the remaining length 2; CONNACK, which starts a session, is 0x20.
    if (/"@\\(2|4)\\/.test(rest)) return 'MQTT';
    if (rest.includes('HTTP/1.1 200') && !rest.includes('json')) return 'HTTP';
    return undefined;
  }
  // 2.01 is the code byte 0x41 ("A") after the version-and-type byte.
  if (/^(sendmsg|sendmmsg|sendto)$/.test(name) && /"[`a-z@A-Zh\\]\d*A/.test(rest)) return 'CoAP';
  return undefined;
}
