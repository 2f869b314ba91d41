import Module, { isBuiltin, registerHooks, syncBuiltinESMExports } from 'node:module';
import type { Socket } from 'node:net';
import { inspect } from 'node:util';
import { pluginErrors } from '../errors.js';
import { LOG_LINE_CHARACTERS_MAX } from '../limits.js';
import { LogBudget } from '../run/log-budget.js';

/** Modules of Node.js that reach nothing outside the process. Everything else is refused: a list of what is allowed cannot forget anything. */
const allowedModules = new Set(
  ['assert', 'assert/strict', 'buffer', 'diagnostics_channel', 'events', 'path', 'path/posix', 'perf_hooks', 'process', 'punycode'].concat(
    ['querystring', 'stream', 'stream/consumers', 'stream/promises', 'stream/web', 'string_decoder', 'timers', 'timers/promises'],
    ['url', 'util', 'util/types', 'zlib', 'crypto', 'async_hooks', 'constants'],
  ),
);

/** Ways from `process` to the outside, or to the modules that are refused. */
const closedProcessMembers = [
  ...['binding', '_linkedBinding', 'getBuiltinModule', 'dlopen', 'execve', 'kill', '_kill', '_debugProcess', '_debugEnd', 'abort', 'chdir', 'umask'],
  ...['setuid', 'setgid', 'seteuid', 'setegid', 'setgroups', 'initgroups', 'report', 'mainModule', 'loadEnvFile', '_startProfilerIdleNotifier'],
  // Sockets and files of ours, whose constructors make others.
  ...['stdin', 'stdout', 'stderr', 'openStdin', '_getActiveHandles', '_getActiveRequests', '_rawDebug', 'channel', 'send', 'disconnect'],
] as const;
/** What a CommonJS file reaches over `module.constructor`: hooks of its own would run before ours. */
const closedModuleMembers = ['registerHooks', 'register', 'runMain', '_preloadModules', '_initPaths'] as const;
const closedGlobals = ['fetch', 'WebSocket', 'EventSource', 'CloseEvent', 'Storage', 'localStorage', 'sessionStorage', 'navigator'] as const;

/**
 * Takes from this process what a plugin shall not have, before its first line runs.
 *
 * What holds, and what does not (tried with Node.js 24.21):
 * - A wall, as far as Node.js has one: `--permission` lets the process read its plugin and this program, write nothing, start no
 *   process, thread or native code, open no inspector, and replace itself by no other program (`execve`). The permission to
 *   start threads is there for the watching thread alone and is dropped here. Node.js itself calls this a seat belt, not a
 *   protection from a plugin that is written to break it.
 * - No wall: the network. Node.js 24 has no permission for it, and `node:sqlite` (off by `--no-experimental-sqlite`) and
 *   `process.kill` do not ask for any. What is done here (modules refused, globals and members removed) keeps honest code from
 *   going past the services of its node; code that looks for a way round within one process may find one.
 * Who runs plugins that he does not trust gives the server a user and a network of its own (docs/plugins.md).
 *
 * @param line the socket to the server; a plugin that patches a prototype gets hold of it, so it can connect nowhere else
 */
export function closeDoors(writeLog: (text: string) => void, line: Socket): void {
  (process as unknown as { permission: { drop(scope: string): void } }).permission.drop('worker');
  // Ctrl-C goes to all processes of a terminal; the server ends its plugins itself, when their last messages are done.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => undefined);
  registerHooks({
    resolve(specifier, context, next) {
      refuse(specifier);
      const found = next(specifier, context);
      // `imports` of a package.json gives a module of Node.js another name.
      refuse(found.url);
      return found;
    },
    load(url, context, next) {
      refuse(url);
      return next(url, context);
    },
  });
  for (const name of closedModuleMembers) Reflect.deleteProperty(Module, name);
  syncBuiltinESMExports();
  keepToServer(line);
  for (const name of closedGlobals) Reflect.deleteProperty(globalThis, name);
  for (const name of closedProcessMembers) {
    if (!Reflect.deleteProperty(process, name)) throw new Error(`process.${name} cannot be removed`);
  }
  Object.defineProperty(globalThis, 'console', { value: consoleTo(writeLog), writable: true, configurable: true });
}

function refuse(specifier: string): void {
  const name = specifier.replace(/^node:/, '');
  if ((isBuiltin(specifier) || specifier.startsWith('node:')) && !allowedModules.has(name)) {
    throw pluginErrors.MODULE_REFUSED({ module: specifier.slice(0, 200) });
  }
}

/** Takes what opens connections from the line and from all that its constructors could make. */
function keepToServer(line: Socket): void {
  const { _handle: handle } = line as Socket & { readonly _handle: object };
  const opening = ['connect', 'open', 'bind', 'listen', 'fchmod'];
  for (const made of [line, handle]) {
    const prototype = Object.getPrototypeOf(made) as object;
    for (const name of opening) {
      if (!Reflect.deleteProperty(prototype, name)) throw new Error(`${name} of the line cannot be removed`);
    }
  }
}

/** The few methods of a console that people use; what they print goes to the log of the server. */
function consoleTo(writeLog: (text: string) => void): Readonly<Record<string, (...values: readonly unknown[]) => void>> {
  // The server drops lines beyond the same bound, but it would have to read them first.
  const budget = new LogBudget({ monotonicMs: () => performance.now() }, (lines) => writeLog(`${lines} more lines were dropped`));
  const write = (...values: readonly unknown[]): void => {
    if (!budget.take()) return;
    const parts = values.map((value) => (typeof value === 'string' ? value : inspect(value, { depth: 3, maxArrayLength: 20, maxStringLength: 500 })));
    writeLog(parts.join(' ').slice(0, LOG_LINE_CHARACTERS_MAX));
  };
  return Object.fromEntries(['log', 'info', 'warn', 'error', 'debug', 'trace'].map((name) => [name, write]));
}
