import { statfs } from 'node:fs/promises';
import { cpus, freemem, hostname, loadavg, totalmem } from 'node:os';

const PERCENT = 100;

/** Load of this machine, as ThingsBoard's clients read it: parts in per cent, sizes in bytes. */
export async function hostUsage() {
  const disk = await statfs(process.cwd());
  const cpuCount = cpus().length;
  const [load = 0] = loadavg();
  const totalDiscSpace = disk.blocks * disk.bsize;
  const usage = {
    serviceId: hostname(),
    serviceType: 'MONOLITH',
    cpuUsage: Math.min(PERCENT, Math.round((load / cpuCount) * PERCENT)),
    cpuCount,
    memoryUsage: partOf(totalmem() - freemem(), totalmem()),
    totalMemory: totalmem(),
    discUsage: partOf(totalDiscSpace - disk.bavail * disk.bsize, totalDiscSpace),
    totalDiscSpace,
  };
  return { monolith: true, systemData: [usage] };
}

function partOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * PERCENT);
}
