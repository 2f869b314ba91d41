import type { IdSource } from '@fieldline/kernel';
import { assert, epochMs, isProblem } from '@fieldline/kernel';
import type { Message } from '@fieldline/model';
import type { AnyRuleNodeDefinition, Outcome } from '@fieldline/plugin-sdk';
import { defer } from '@fieldline/plugin-sdk';
import * as z from 'zod';
import type { NodeDeclaration } from '../discover/declaration.js';
import { pluginErrors } from '../errors.js';
import { CALL_CHARACTERS_MAX, CALL_MESSAGES_MAX, SETTINGS_KEPT_MAX } from '../limits.js';
import type { Hook, ToPlugin } from '../wire/frames.js';
import type { IsolatedSettings } from './isolated-settings.js';
import { isolatedSchema, rememberingMigrations } from './isolated-settings.js';
import { type CallContext, failedBy, NodeCall, wireMessage } from './node-call.js';
import { wireState } from './outcomes.js';
import type { CallLimits, Done, PluginProcess } from './plugin-process.js';

/** What runs the nodes of a plugin. */
export interface ProxyParts {
  readonly process: PluginProcess;
  readonly ids: IdSource;
  /** Longest call. */
  readonly timeoutMs: number;
  /** How long devices wait for a node that is not external, before its messages are handed over as if it were. */
  readonly patienceMs: number;
}

type Given = CallContext & { readonly config: IsolatedSettings; readonly state?: unknown; stateOf?(message: Message): unknown };

/** The definition of a node type of a plugin as palette, forms and checks of chains need it; it cannot be called. */
export function declaredDefinition(declaration: NodeDeclaration): AnyRuleNodeDefinition {
  const { type, version, category, title, summary, docs, icon, deprecated, thingsboard, relationTypes, suggestedRelationTypes } = declaration;
  const { defaults, needs, state, isExternal, hasQueue, hasInput } = declaration;
  return {
    ...{ type, version, category, title, summary, docs, icon, deprecated, thingsboard, relationTypes, suggestedRelationTypes },
    ...{ defaults, needs, isExternal, hasQueue, hasInput },
    migrate: rememberingMigrations(declaration),
    config: isolatedSchema(declaration),
    // What is stored was checked when it was left; the plugin looks at it again with its own schema.
    ...(state === undefined ? {} : { state: { ...state, schema: z.unknown() } }),
    onMessage: () => {
      throw new Error(`${type} is only declared here`);
    },
  } as AnyRuleNodeDefinition;
}

/** The definition of a node type of a plugin as the rule engine runs it: each function is a call to the plugin's process. */
export function proxyDefinition(declaration: NodeDeclaration, parts: ProxyParts): AnyRuleNodeDefinition {
  const node = new RemoteNode(declaration, parts);
  const { isExternal, hasOnBatch, hasOnTimer, hasTicks } = declaration;
  return {
    ...declaredDefinition(declaration),
    onStart: (context: Given) => node.start(context),
    ...(isExternal === true ? {} : { handsOver: () => parts.process.isBehind }),
    onMessage: (message: Message, context: Given) => node.one('batch', message, context),
    // An external node that takes messages one by one is called for several at the same time, by the engine's own count.
    ...(isExternal === true && !hasOnBatch ? {} : { onBatch: (messages: readonly Message[], context: Given) => node.batch(messages, context) }),
    ...(hasOnTimer ? { onTimer: (message: Message, context: Given) => node.one('timer', message, context) } : {}),
    ...(hasTicks ? { ticks: { periodMs: periodOf, onTick: (context: Given) => node.tick(context) } } : {}),
  } as AnyRuleNodeDefinition;
}

function periodOf({ periodMs }: IsolatedSettings): number {
  assert(periodMs !== undefined, 'a node that ticks has started');
  return periodMs;
}

/** A node type that runs in another process. */
class RemoteNode {
  readonly #declaration: NodeDeclaration;
  readonly #parts: ProxyParts;

  constructor(declaration: NodeDeclaration, parts: ProxyParts) {
    this.#declaration = declaration;
    this.#parts = parts;
  }

  /**
   * Has the plugin check the settings. Where its process is what fails, the node starts all the same: it will be there again,
   * and until then its messages fail with the reason.
   */
  async start(context: Given): Promise<void> {
    try {
      context.config.periodMs = (await this.#sendStart(context, { deadlineMs: this.#parts.timeoutMs })).started?.periodMs;
    } catch (error) {
      if (this.#declaration.hasTicks || !isOfProcess(error)) throw error;
    }
    if (this.#declaration.hasTicks && context.config.periodMs === undefined) {
      throw pluginErrors.ANSWER_INVALID({ plugin: this.#parts.process.files.name, faults: 'the period of its ticks is missing' });
    }
  }

  async one(hook: 'batch' | 'timer', message: Message, context: Given): Promise<Outcome> {
    const [outcome] = await this.#outcomes(hook, [message], { ...context, stateOf: () => context.state });
    return outcome as Outcome;
  }

  /** A long batch goes in several calls, one after the other: later messages meet the state that earlier ones left. */
  async batch(messages: readonly Message[], context: Given): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    const left = new Map<string, unknown>();
    const stateOf = (message: Message): unknown => left.get(this.#stateKey(message)) ?? context.stateOf?.(message);
    for (const part of inParts(messages)) {
      for (const outcome of await this.#outcomes('batch', part, { ...context, stateOf })) {
        const message = messages[outcomes.length] as Message;
        if (!this.#declaration.hasOnBatch && 'state' in outcome && outcome.state !== undefined) left.set(this.#stateKey(message), outcome.state);
        outcomes.push(outcome);
      }
    }
    return outcomes;
  }

  async tick(context: Given): Promise<Outcome> {
    const call = this.#callFor(context, []);
    return call.ofTick(await this.#call('tick', [], { ...context, stateOf: () => context.state }, call));
  }

  async #outcomes(hook: Hook, messages: readonly Message[], context: Given): Promise<readonly Outcome[]> {
    const call = this.#callFor(context, messages);
    try {
      return call.outcomes(await this.#call(hook, messages, context, call));
    } catch (error) {
      return messages.map((message) => this.#withoutAnswer(error, message, context));
    }
  }

  /** What passes is no failure: the message waits in the log until the plugin runs again, or comes to it. */
  #withoutAnswer(error: unknown, message: Message, { nowMs }: Given): Outcome {
    const passes = isProblem(error) && (error.code === 'PLUGIN_UNAVAILABLE' || error.code === 'PLUGIN_BUSY');
    if (passes) return defer(error, epochMs(nowMs + Math.ceil(this.#parts.process.waitMs) + 1));
    return failedBy(error, message);
  }

  async #call(hook: Hook, messages: readonly Message[], context: Given, call: NodeCall): Promise<Done> {
    const { process } = this.#parts;
    const { config } = context;
    const limits = this.#limitsOf(hook);
    // A process that was started again, or was told to forget, gets the settings first; it reads frames in their order.
    const started = process.settings?.has(config.id) === true ? undefined : this.#sendStart(context, limits);
    this.#remember(config.id);
    const states = this.#declaration.state === undefined ? undefined : this.#statesOf(hook, messages, context);
    const frame = (id: number): Extract<ToPlugin, { kind: 'call' }> => ({
      ...{ kind: 'call', id, hook, ...this.#given(context), messages: messages.map(wireMessage) },
      ...(states === undefined ? {} : { states }),
    });
    const [done] = await Promise.all([process.call(frame, call, limits), started]);
    return done;
  }

  async #sendStart(context: Given, limits: CallLimits): Promise<Done> {
    const { process } = this.#parts;
    const answer = process.call((id) => this.#startFrame(context, id), this.#callFor(context, []), limits);
    const { settings } = process;
    this.#remember(context.config.id);
    try {
      return await answer;
    } catch (error) {
      settings?.delete(context.config.id);
      throw error;
    }
  }

  /** Timers, ticks and external nodes come after a commit: nobody waits for them. */
  #limitsOf(hook: Hook): CallLimits {
    const { process, timeoutMs: deadlineMs, patienceMs } = this.#parts;
    if (hook !== 'batch' || this.#declaration.isExternal === true) return { deadlineMs };
    return { deadlineMs, patienceMs, isWaitedFor: !process.isBehind };
  }

  /** Settings used longest ago make room: the plugin forgets them, and gets them again when they are needed. */
  #remember(id: number): void {
    const { process } = this.#parts;
    const { settings } = process;
    if (settings === undefined) return;
    settings.delete(id);
    settings.add(id);
    const [oldest] = settings;
    if (settings.size <= SETTINGS_KEPT_MAX || oldest === undefined) return;
    settings.delete(oldest);
    process.tell({ kind: 'forget', settings: oldest });
  }

  #statesOf(hook: Hook, messages: readonly Message[], context: Given): ReturnType<typeof wireState>[] {
    if (hook === 'tick') return [wireState(context.state)];
    return messages.map((message) => wireState(context.stateOf?.(message)));
  }

  #startFrame(context: Given, id: number): Extract<ToPlugin, { kind: 'start' }> {
    const { version, config } = context.config;
    return { kind: 'start', id, ...this.#given(context), type: this.#declaration.type, version, config };
  }

  #given({ config, nodeId, nodeName, tenantId, nowMs, random }: Given) {
    const seed = Math.floor(random() * 4_294_967_296);
    return { settings: config.id, node: { id: nodeId, name: nodeName, tenantId }, nowMs, seed };
  }

  #callFor(context: Given, messages: readonly Message[]): NodeCall {
    const { process, ids } = this.#parts;
    return new NodeCall(
      { plugin: process.files.name, declaration: this.#declaration, ids, mayLog: () => process.logBudget.take() },
      context,
      messages,
    );
  }

  #stateKey({ originator }: Message): string {
    return this.#declaration.state?.keyedBy === 'node' ? '' : originator.id;
  }
}

/** Errors of the process, not of the node: they pass. */
const ofProcess = new Set(['PLUGIN_CRASHED', 'PLUGIN_TIMED_OUT', 'PLUGIN_UNAVAILABLE', 'PLUGIN_QUARANTINED', 'PLUGIN_BUSY']);
const isOfProcess = (error: unknown): boolean => isProblem(error) && ofProcess.has(error.code);

/** Splits a batch so that no call is too large or too long. */
function* inParts(messages: readonly Message[]): Generator<readonly Message[]> {
  let from = 0;
  let characters = 0;
  for (let i = 0; i < messages.length; i += 1) {
    characters += (messages[i] as Message).text.length;
    if (i > from && (characters > CALL_CHARACTERS_MAX || i - from >= CALL_MESSAGES_MAX)) {
      yield messages.slice(from, i);
      from = i;
      characters = (messages[i] as Message).text.length;
    }
  }
  if (from === 0) yield messages;
  else yield messages.slice(from);
}
