import { execFile } from 'node:child_process';

export interface Finished {
  readonly code: number;
  readonly output: string;
}

/** Runs a program to its end and gives its exit code and everything it printed. Fails where the program is missing. */
export function runProgram(
  command: string,
  args: readonly string[],
  options: { input?: string; timeoutMs?: number; cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Finished> {
  const { cwd, env, timeoutMs: timeout = 15_000 } = options;
  return new Promise((resolve, reject) => {
    const child = execFile(command, [...args], { timeout, cwd, env: env ?? process.env }, (error, stdout, stderr) => {
      if (error !== null && (error as NodeJS.ErrnoException).code === 'ENOENT') {
        reject(new Error(`${command} is not installed: .ci/run installs it`));
        return;
      }
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, output: stdout + stderr });
    });
    if (options.input !== undefined) child.stdin?.end(options.input);
  });
}

/** The first of these programs that is installed. Fails where none is. */
export async function firstInstalled(...names: readonly string[]): Promise<string> {
  for (const name of names) {
    const { output } = await runProgram('sh', ['-c', `command -v ${name}`]);
    if (output.trim() !== '') return name;
  }
  throw new Error(`none of ${names.join(', ')} is installed: .ci/run installs one`);
}
