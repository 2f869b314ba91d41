import { type ChildProcess, spawn } from 'node:child_process';
import type { Duplex, Readable } from 'node:stream';
import { pluginErrors } from '../errors.js';
import { LAST_OUTPUT_CHARACTERS_MAX } from '../limits.js';
import { FrameReader, frameOf } from '../wire/frame-stream.js';
import type { FromPlugin, ToPlugin } from '../wire/frames.js';
import { incomingFrame } from '../wire/incoming.js';

/** What is needed to start the process of a plugin. */
export interface SpawnOptions {
  /** The built program of `@fieldline/plugin-process/host`: one file, because it is all of ours that the process may read. */
  readonly hostFile: string;
  /** What the process may use in all, in megabytes. */
  readonly memoryMb: number;
}

/** Heap bound as a part of the memory bound; buffers and Node.js itself take the rest. */
const HEAP_SHARE = 0.75;

/** One process of a plugin, from its start to its end. It never starts again: who wants another makes another. */
export class PluginChild {
  readonly #child: ChildProcess;
  readonly #line: Duplex;
  #lastOutput = '';
  #reason: string | undefined;
  #isOver = false;

  /** @param onEnd called once, with a sentence on why the process ended */
  constructor(
    plugin: { readonly name: string; readonly folder: string; readonly entry: string },
    { hostFile, memoryMb }: SpawnOptions,
    on: { frame(frame: FromPlugin): void; end(reason: string): void },
  ) {
    const { name, folder, entry } = plugin;
    this.#child = spawn(process.execPath, [...flags(folder, hostFile, memoryMb), hostFile, entry, name, String(memoryMb)], {
      cwd: folder,
      // Settings of the server, secrets among them, are in ours.
      env: {},
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    });
    // Where the system has no more files or processes to give, there are no pipes, and the error comes later.
    if ((this.#child.stdio as unknown) === undefined) {
      this.#child.once('error', () => undefined);
      throw pluginErrors.UNAVAILABLE({ plugin: name, reason: 'the system starts no more processes' });
    }
    const [, , output, line, lifeline] = this.#child.stdio as unknown as readonly [null, null, Readable, Duplex, Duplex];
    this.#line = line;
    const reader = new FrameReader((frame) => {
      if (!this.#isOver) on.frame(incomingFrame(frame));
    });
    line.on('data', (chunk: Buffer) => {
      try {
        reader.read(chunk);
      } catch (error) {
        this.kill(`it sent what is no answer: ${(error as Error).message.slice(0, 200)}`);
      }
    });
    output.on('data', (chunk: Buffer) => (this.#lastOutput = `${this.#lastOutput}${chunk.toString()}`.slice(-LAST_OUTPUT_CHARACTERS_MAX)));
    // A process that ends breaks its pipes; that it ended is told once, below.
    for (const pipe of [line, lifeline, output]) pipe.on('error', () => undefined);
    const end = (reason: string): void => {
      if (this.#isOver) return;
      this.#isOver = true;
      on.end(this.#reason ?? reason);
    };
    this.#child.once('error', (error) => end(`it could not be started: ${error.message}`));
    this.#child.once('close', (code, signal) => end(this.#wayOut(code, signal)));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Bytes that the process has not read yet. */
  get unreadBytes(): number {
    return this.#line.writableLength;
  }

  /** The last lines it wrote to its standard error. */
  get lastOutput(): string {
    return this.#lastOutput.trim();
  }

  send(frame: ToPlugin): void {
    this.sendBytes(frameOf(frame));
  }

  sendBytes(frame: Buffer): void {
    if (!this.#isOver) this.#line.write(frame);
  }

  /** Ends the process at once. */
  kill(reason: string): void {
    if (this.#isOver) return;
    this.#reason ??= reason;
    this.#line.destroy();
    this.#child.kill('SIGKILL');
  }

  /** Closes the line, at which the process ends by itself. */
  endLine(): void {
    this.#reason ??= 'the server ended it';
    this.#line.end();
  }

  #wayOut(code: number | null, signal: NodeJS.Signals | null): string {
    if (/heap out of memory|Allocation failed|out of memory/i.test(this.#lastOutput)) return 'it used more memory than it may';
    // Its watching thread kills it over memory: nobody else ends a plugin that way without saying why above.
    if (signal === 'SIGKILL') return 'it was killed, most likely for using more memory than it may';
    return signal === null ? `it ended by itself with code ${code}` : `it ended by the signal ${signal}`;
  }
}

/** What Node.js keeps the process from; `host/close-doors.ts` says how far that goes. */
function flags(folder: string, hostFile: string, memoryMb: number): readonly string[] {
  const heapMb = Math.max(16, Math.floor(memoryMb * HEAP_SHARE));
  return [
    ...['--permission', `--allow-fs-read=${folder}`, `--allow-fs-read=${hostFile}`],
    // For the watching thread alone: dropped before the plugin is loaded.
    ...['--allow-worker', '--disable-warning=PERM0006'],
    ...['--no-addons', '--no-experimental-sqlite', '--disable-sigusr1', `--max-old-space-size=${heapMb}`],
  ];
}
