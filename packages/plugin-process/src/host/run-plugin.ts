import { problemOf } from '@fieldline/kernel';
import type { Plugin } from '@fieldline/plugin-sdk';
import { Socket } from 'node:net';
import { isMainThread, Worker } from 'node:worker_threads';
import { pathToFileURL } from 'node:url';
import { pluginErrors } from '../errors.js';
import { FRAME_BYTES_MAX } from '../limits.js';
import { FrameReader, frameOf } from '../wire/frame-stream.js';
import type { FromPlugin, ToPlugin } from '../wire/frames.js';
import { closeDoors } from './close-doors.js';
import { describePlugin } from './describe-plugin.js';
import { PluginHost } from './plugin-host.js';
import { FRAMES_FD, watchServer, type WatchData } from './watch-server.js';

/**
 * The program of a plugin's process: `<this file> <entry file of the plugin> <name> <memory in MB>`. It says what the plugin
 * has, then answers calls until the server closes the line.
 *
 * @param self the file this is called from: a second thread, which the plugin cannot hold up, starts with it as well
 */
export async function runPlugin(self: URL): Promise<void> {
  if (!isMainThread) return watchServer();
  const [, , entry = '', name = '', memoryMb = '0'] = process.argv;
  const memoryBytesMax = Number(memoryMb) * 1024 * 1024;
  const socket = new Socket({ fd: FRAMES_FD });
  const send = (frame: FromPlugin): void => {
    const bytes = frameOf(frame);
    // The server would end the process over it, with all it has.
    if (bytes.length > FRAME_BYTES_MAX) throw pluginErrors.TOO_LARGE({ what: whatIs(frame), bytes: bytes.length });
    socket.write(bytes);
  };
  const exit = process.exit.bind(process);
  socket.on('close', () => exit(0));
  const watch = new Worker(self, { workerData: { memoryBytesMax } satisfies WatchData });
  await new Promise<void>((resolve, reject) => watch.once('online', resolve).once('error', reject));
  closeDoors((text) => send({ kind: 'log', text }), socket);
  try {
    const plugin = await loadPlugin(name, entry);
    const described = describePlugin(plugin);
    const host = new PluginHost(plugin, send);
    const reader = new FrameReader((frame) => host.receive(frame as ToPlugin));
    socket.on('data', (chunk) => reader.read(chunk));
    send({ kind: 'loaded', plugin: described });
  } catch (error) {
    send({ kind: 'refused', problem: problemOf(error) });
    socket.end();
  }
}

const whatIs = (frame: FromPlugin): string => (frame.kind === 'ask' ? `The question "${frame.service}"` : 'The answer of the plugin');

async function loadPlugin(name: string, entry: string): Promise<Plugin> {
  let exported: { readonly plugin?: Partial<Plugin> };
  try {
    // Which file it is, is what this process is started for.
    // eslint-disable-next-line no-restricted-syntax
    exported = (await import(pathToFileURL(entry).href)) as typeof exported;
  } catch (error) {
    throw pluginErrors.NOT_LOADED({ plugin: name, reason: reasonOf(error) }, { cause: error });
  }
  const { plugin } = exported;
  if (typeof plugin !== 'object' || plugin === null || !Array.isArray(plugin.nodes)) {
    throw pluginErrors.NOT_LOADED({ plugin: name, reason: 'it does not export `plugin` with a list of nodes' });
  }
  return { name, nodes: plugin.nodes };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 1_000);
