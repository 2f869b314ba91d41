import type { Writable } from 'node:stream';
import { isProblem } from '@fieldline/kernel';
import { runChainCommand } from './chain/run-chain-command.js';
import type { Command } from './command-line.js';
import { readCommand, usage } from './command-line.js';
import { runDataCommand } from './data/run-data-command.js';
import { failureText } from './failure-text.js';
import { ANSWER_WAIT_MS } from './limits.js';
import { runPluginCommand } from './plugin/run-plugin-command.js';
import { sendCoap } from './send/coap.js';
import { sendHttp } from './send/http.js';
import { sendKaa } from './send/kaa.js';
import { sendMqtt } from './send/mqtt.js';
import type { Reading } from './send/reading.js';

/** Where the command writes; `version` is that of the product. */
export interface Surroundings {
  readonly version: string;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  readonly monotonicMs: () => number;
  readonly answerWaitMs?: number;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly stdout?: Writable;
}

/** Runs one command line and gives its exit code: 0 done, 1 failed, 2 not understood. Every failure is printed with code and remedy. */
export async function runCommand(args: readonly string[], surroundings: Surroundings): Promise<0 | 1 | 2> {
  const { out, err, version } = surroundings;
  try {
    const command = readCommand(args, surroundings.environment);
    if (command.name === 'help') out(usage.trimEnd());
    else if (command.name === 'version') out(version);
    else if (command.name === 'chain') await runChainCommand(command, out);
    else if (command.name === 'plugin') runPluginCommand(command, out);
    else if (command.name !== 'send') await runDataCommand(command, surroundings);
    else await send(command, surroundings);
    return 0;
  } catch (error) {
    if (!isProblem(error)) throw error;
    err(failureText(error));
    return error.code === 'CLI_USAGE' || error.code === 'CLI_PAYLOAD_NOT_JSON' ? 2 : 1;
  }
}

const names = { mqtt: 'MQTT', http: 'HTTP', coap: 'CoAP', kaa: 'Kaa 1/KP' } as const;

async function send(command: Extract<Command, { name: 'send' }>, { out, monotonicMs, answerWaitMs = ANSWER_WAIT_MS }: Surroundings): Promise<void> {
  const { protocol, host, port, token, payload, mqttVersion, appVersion } = command;
  const reading: Reading = { host, port, token, payload, answerWaitMs };
  const startedAtMs = monotonicMs();
  const senders = {
    mqtt: () => sendMqtt(reading, mqttVersion),
    http: () => sendHttp(reading),
    coap: () => sendCoap(reading),
    kaa: () => sendKaa(reading, appVersion),
  } as const;
  const answer = await senders[protocol]();
  const name = protocol === 'mqtt' ? `MQTT ${mqttVersion === 5 ? '5' : '3.1.1'}` : names[protocol];
  out(`${payload} sent over ${name} to ${host}:${port}. Stored: ${answer} after ${Math.round(monotonicMs() - startedAtMs)} ms.`);
}
