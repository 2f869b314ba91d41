import { spawn } from 'node:child_process';

/**
 * Replaces this process by the command. Where Node.js is too old for that (before 22.15), stays as its parent and passes
 * signals and the exit code on.
 *
 * @param env the environment of the command
 */
export function become(command, args, env = process.env) {
  if (typeof process.execve === 'function') process.execve(command, [command, ...args], env);
  const child = spawn(command, args, { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // Ctrl-C in a terminal reaches the whole process group, so the child has already had it.
    process.on(signal, () => void (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)));
  }
  child.on('error', (error) => {
    console.error(`${command} cannot be started: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}
