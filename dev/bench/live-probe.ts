// A device that tells the time now and then, and a socket that watches it: how long a reading takes from the device to a screen.
import type { RunningServer, TenantClient } from '@fieldline/e2e';
import { WebSocket } from 'ws';

const everyMs = 50;

/** Starts the probe; `end` stops it and gives the 99th of 100 of its delays, in milliseconds. */
export async function startProbe(
  server: RunningServer,
  client: TenantClient,
  device: { readonly id: string; readonly token: string },
): Promise<{ end(): Promise<number> }> {
  const delaysMs: number[] = [];
  const socket = new WebSocket(`ws://127.0.0.1:${server.ports.http}/api/ws`);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.on('message', (text: Buffer) => {
    const { data } = JSON.parse(String(text)) as { data: Record<string, [number, string][]> | null };
    for (const [, sentMs] of data?.['probe'] ?? []) delaysMs.push(Date.now() - Number(sentMs));
  });
  const command = { cmdId: 1, type: 'TIMESERIES', entityType: 'DEVICE', entityId: device.id, scope: 'LATEST_TELEMETRY', keys: 'probe' };
  const answered = new Promise((resolve) => socket.once('message', resolve));
  socket.send(JSON.stringify({ authCmd: { cmdId: 0, token: client.token }, cmds: [command] }));
  await answered;
  delaysMs.length = 0;
  const send = async (): Promise<void> => {
    const response = await fetch(`http://127.0.0.1:${server.ports.http}/api/v1/${device.token}/telemetry`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ probe: Date.now() }),
    });
    if (response.status !== 200) throw new Error(`the probe was answered ${response.status}`);
  };
  let isEnded = false;
  const sending = (async () => {
    while (!isEnded) {
      await send();
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  })();
  return {
    async end() {
      isEnded = true;
      await sending;
      socket.close();
      delaysMs.sort((a, b) => a - b);
      return delaysMs[Math.floor(delaysMs.length * 0.99)] ?? 0;
    },
  };
}
