import type { Problem } from '@fieldline/kernel';
import { isProblem, ProblemError, problemOf, uuidV7Source } from '@fieldline/kernel';
import type { AnyRuleNodeDefinition, Plugin } from '@fieldline/plugin-sdk';
import { fail } from '@fieldline/plugin-sdk';
import { loadSettings } from '@fieldline/plugin-sdk/host';
import { getRandomValues } from 'node:crypto';
import { pluginErrors } from '../errors.js';
import type { FromPlugin, ToPlugin } from '../wire/frames.js';
import { callContext } from './call-context.js';
import { HostCall } from './host-call.js';
import { runCall } from './run-call.js';

/** A node type with the settings it was started with. */
export interface Prepared {
  readonly definition: AnyRuleNodeDefinition;
  readonly config: unknown;
}

/** Settings that came with `start`; `ready` is there until `onStart` of the node is over. */
interface Starting extends Prepared {
  ready: Promise<void> | undefined;
}

/** The process's end of the line: starts nodes and calls them. Calls do not wait for one another, as in the server itself. */
export class PluginHost {
  readonly #definitions: ReadonlyMap<string, AnyRuleNodeDefinition>;
  /** @throws PLUGIN_TOO_LARGE */
  readonly #send: (frame: FromPlugin) => void;
  readonly #prepared = new Map<number, Starting>();
  readonly #calls = new Map<number, HostCall>();
  readonly #asked = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  readonly #ids = uuidV7Source(Date.now, (into) => void getRandomValues(into));
  #nextAsk = 1;

  constructor(plugin: Plugin, send: (frame: FromPlugin) => void) {
    this.#definitions = new Map(plugin.nodes.map((definition) => [definition.type, definition]));
    this.#send = send;
  }

  receive(frame: ToPlugin): void {
    switch (frame.kind) {
      case 'call':
        void this.#call(frame);
        break;
      case 'start':
        void this.#start(frame);
        break;
      case 'told':
        this.#told(frame);
        break;
      case 'over':
        this.#calls.get(frame.id)?.end();
        break;
      case 'forget':
        this.#prepared.delete(frame.settings);
        break;
      case 'ping':
        this.#send({ kind: 'pong' });
        break;
    }
  }

  /** Settings are in place at once, so that a call right behind this one finds them and waits until the node has started. */
  async #start(frame: Extract<ToPlugin, { kind: 'start' }>): Promise<void> {
    const { id } = frame;
    try {
      const definition = this.#definitions.get(frame.type);
      if (definition === undefined) throw pluginErrors.SETTINGS_UNKNOWN();
      const loaded = loadSettings<unknown>(definition, { version: frame.version, config: frame.config });
      if ('problem' in loaded) throw new ProblemError(loaded.problem);
      const prepared: Starting = { definition, config: loaded.config, ready: undefined };
      this.#prepared.set(frame.settings, prepared);
      const call = this.#hostCall(id, frame.node.tenantId);
      prepared.ready = Promise.resolve(definition.onStart?.(callContext(call, prepared, frame) as never));
      await prepared.ready;
      prepared.ready = undefined;
      const periodMs = definition.ticks?.periodMs(loaded.config);
      this.#send({ kind: 'done', id, effects: call.takeEffects(), started: { periodMs } });
    } catch (error) {
      this.#prepared.delete(frame.settings);
      this.#send({ kind: 'done', id, effects: [], problem: plainProblem(error) });
    }
  }

  async #call(frame: Extract<ToPlugin, { kind: 'call' }>): Promise<void> {
    const { id } = frame;
    const call = this.#hostCall(id, frame.node.tenantId, frame.messages);
    this.#calls.set(id, call);
    try {
      const prepared = this.#prepared.get(frame.settings);
      if (prepared === undefined) throw pluginErrors.SETTINGS_UNKNOWN();
      if (prepared.ready !== undefined) await prepared.ready;
      const outcomes = await runCall(call, prepared, frame);
      this.#send({ kind: 'done', id, effects: call.takeEffects(), outcomes });
    } catch (error) {
      this.#send({ kind: 'done', id, effects: call.takeEffects(), problem: plainProblem(error) });
    } finally {
      this.#calls.delete(id);
    }
  }

  #hostCall(id: number, tenantId: string, messages: Extract<ToPlugin, { kind: 'call' }>['messages'] = []): HostCall {
    const ask: HostCall['ask'] = (service, args, effects) =>
      new Promise((resolve, reject) => {
        const number = this.#nextAsk++;
        this.#send({ kind: 'ask', id, ask: number, effects, service, args });
        this.#asked.set(number, { resolve, reject });
      });
    return new HostCall(tenantId, messages, this.#ids, ask);
  }

  #told({ ask, value, problem }: Extract<ToPlugin, { kind: 'told' }>): void {
    const asked = this.#asked.get(ask);
    this.#asked.delete(ask);
    if (problem === undefined) asked?.resolve(value);
    else asked?.reject(new ProblemError(problem));
  }
}

/** The problem of an error; one without a code is the node's, and its text is what its author wrote. */
function plainProblem(error: unknown): Problem {
  if (isProblem(error)) return problemOf(error);
  const outcome = fail(error instanceof Error ? error : new Error(String(error)), undefined as never);
  return (outcome as { readonly problem: Problem }).problem;
}
