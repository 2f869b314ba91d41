import type { IdSource } from '@fieldline/kernel';
import { ProblemError, problemOf } from '@fieldline/kernel';
import type { EntityId, Message, TenantId } from '@fieldline/model';
import type { Need, Outcome, Services } from '@fieldline/plugin-sdk';
import { fail } from '@fieldline/plugin-sdk';
import type { NodeDeclaration } from '../discover/declaration.js';
import { pluginErrors } from '../errors.js';
import { LOG_LINE_CHARACTERS_MAX } from '../limits.js';
import type { Effect, WireMessage } from '../wire/frames.js';
import type { ReadingOutcomes } from './outcomes.js';
import { readOutcome, versionOf } from './outcomes.js';
import type { Answering, Done } from './plugin-process.js';
import type { CallServices } from './remote-services.js';
import { askService, doEffect } from './remote-services.js';

/** What a node of a plugin is called with: the context of the rule engine, as far as it is used here. */
export interface CallContext extends Partial<Services> {
  readonly nodeId: string;
  readonly nodeName: string;
  readonly tenantId: TenantId;
  readonly nowMs: number;
  readonly random: () => number;
}

export interface NodeCallParts {
  readonly plugin: string;
  readonly declaration: NodeDeclaration;
  readonly ids: IdSource;
  /** Whether the node may write one more line to the log. */
  readonly mayLog: () => boolean;
}

/** The server's side of one call: does and answers what the plugin wants meanwhile, then reads the outcomes. */
export class NodeCall implements Answering {
  readonly #parts: NodeCallParts;
  readonly #messages: readonly Message[];
  readonly #reading: ReadingOutcomes;
  readonly #given: CallServices;
  /** What failed while it was done for a message: that is what becomes of the message. */
  readonly #failed = new Map<number, Error>();

  constructor(parts: NodeCallParts, context: CallContext, messages: readonly Message[]) {
    const { plugin, declaration, ids, mayLog } = parts;
    this.#parts = parts;
    this.#messages = messages;
    this.#reading = { plugin, declaration, messages, tenantId: context.tenantId, nowMs: context.nowMs, ids };
    const { log } = context;
    const needed = Object.fromEntries((declaration.needs as readonly Need[]).map((need) => [need, context[need]])) as Partial<Services>;
    const info = (text: string): void => (mayLog() ? log?.info(text.slice(0, LOG_LINE_CHARACTERS_MAX)) : undefined);
    this.#given = {
      services: needed.log === undefined ? needed : { ...needed, log: { info } },
      messageOf: (version) => {
        const message = versionOf(this.#reading, version);
        if (message === undefined) throw pluginErrors.SERVICE_ARGUMENTS_INVALID({ service: plugin, faults: 'it names a message it was not given' });
        return message;
      },
    };
  }

  effects(effects: readonly Effect[]): void {
    for (const { service, args, place } of effects) {
      try {
        doEffect(this.#given, service, args);
      } catch (error) {
        if (place === undefined || place >= this.#messages.length) throw error;
        this.#failed.set(place, error as Error);
      }
    }
  }

  answer(service: string, args: readonly unknown[]): Promise<unknown> {
    return askService(this.#given, service, args);
  }

  /** @throws PLUGIN_ANSWER_INVALID where there is not one outcome a message */
  outcomes({ outcomes = [] }: Done): readonly Outcome[] {
    const found = outcomes.length;
    if (found !== this.#messages.length) throw this.#invalid(`${found} outcomes for ${this.#messages.length} messages`);
    return this.#messages.map((message, place) => {
      const failed = this.#failed.get(place);
      return failed === undefined ? readOutcome(this.#reading, outcomes[place], message) : fail(failed, message);
    });
  }

  /** The outcome of a tick, which has no message to fail. @throws PLUGIN_ANSWER_INVALID, and what it failed with */
  ofTick({ outcomes = [] }: Done): Outcome {
    const outcome = readOutcome(this.#reading, outcomes[0], undefined as never);
    if (outcome.kind === 'failed') throw new ProblemError(outcome.problem);
    return outcome;
  }

  #invalid(faults: string): Error {
    return pluginErrors.ANSWER_INVALID({ plugin: this.#parts.plugin, faults });
  }
}

/** A message as it goes to the process of a plugin. */
export function wireMessage(message: Message): WireMessage {
  const { id, type, originator, customerId, tsMs, metadata, text } = message;
  const { entityType, id: entityId }: EntityId = originator;
  return [id, type, entityType, entityId, customerId ?? null, tsMs, metadata, text];
}

/** What a call that failed means for its messages: a plain problem for each. */
export const failedBy = (error: unknown, message: Message): Outcome => fail(error instanceof Error ? error : problemOf(error), message);
