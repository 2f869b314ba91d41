// Load generators and baselines of the benchmarks, each a process of its own so that it takes nothing from what is measured.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const here = (file: string): string => fileURLToPath(new URL(`./${file}`, import.meta.url));

/** Runs a load generator of this folder: gives it its plan and resolves with what it prints. */
export async function runLoad<T>(file: string, plan: object): Promise<T> {
  const child = spawn(process.execPath, [here(file)], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(plan));
  let output = '';
  for await (const chunk of child.stdout) output += String(chunk);
  if (output === '') throw new Error('the load generator failed');
  return JSON.parse(output) as T;
}

/** Starts a baseline of this folder, which prints its port. */
export async function startBaseline(file: string): Promise<{ readonly port: number; readonly stop: () => void }> {
  const child = spawn(process.execPath, [here(file)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await new Promise<string[]>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk).split('\n'))));
  return { port: (JSON.parse(line ?? '{}') as { port: number }).port, stop: () => void child.kill() };
}
