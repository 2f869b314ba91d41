// Entry of the script thread: tries out scripts for people who write them.
import { parentPort, workerData } from 'node:worker_threads';
import { scripts } from './adapters.js';
import type { FromScripts, ScriptThreadData, ToScripts } from './script-host/link.js';
import { testScript } from './script-host/test-script.js';
import { systemClock } from './system-clock.js';

const { deadlineMs } = workerData as ScriptThreadData;
if (parentPort === null) throw new Error('this file runs as a worker thread');
const port = parentPort;
const { quickJsScriptEngine } = await scripts.quickjs();
const engine = await quickJsScriptEngine({ clock: systemClock, random: Math.random, deadlineMs });
port.on('message', ({ id, source, input }: ToScripts) => {
  port.postMessage({ id, answer: testScript(engine, source, input) } satisfies FromScripts);
});
