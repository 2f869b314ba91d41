import { assert } from '@fieldline/kernel';
import { Message } from '@fieldline/model';
import type { AnyRuleNodeDefinition } from '../definition.js';
import type { Outcome } from '../outcome.js';

/** Throws where an outcome breaks what the node type declares: relation types, state schema, form of the outcome. */
export function checkOutcome(definition: AnyRuleNodeDefinition, outcome: Outcome): void {
  for (const relation of relationsOf(outcome)) {
    const { relationTypes, type } = definition;
    const isDeclared = relationTypes === 'custom' || relationTypes.includes(relation);
    assert(isDeclared, `${type} left by "${relation}", which it does not declare`);
  }
  if (outcome.kind === 'routed' || outcome.kind === 'failed') {
    assert(outcome.message instanceof Message, `${definition.type} sent on something that is no Message`);
  }
  if (outcome.kind === 'failed') {
    const { code, message, remedy } = outcome.problem;
    assert(/^[A-Z][A-Z0-9_]+$/.test(code), `${definition.type} failed with the code "${code}", which is not in CAPITALS_WITH_UNDERSCORES`);
    assert(message !== '' && remedy !== '', `${definition.type} failed without a message or without a remedy`);
  }
  if (outcome.kind === 'deferred') {
    const mayGiveBack = definition.isExternal === true || definition.handsOver !== undefined;
    assert(mayGiveBack, `${definition.type} gives a message back, which only external nodes may`);
    assert(Number.isSafeInteger(outcome.untilMs), `${definition.type} gives a message back until ${outcome.untilMs}`);
  }
  if ('wakeAtMs' in outcome && outcome.wakeAtMs !== undefined) {
    assert(definition.onTimer !== undefined, `${definition.type} wants to be woken but has no onTimer`);
    assert(Number.isSafeInteger(outcome.wakeAtMs), `${definition.type} wants to be woken at ${outcome.wakeAtMs}`);
  }
  if (outcome.kind === 'held') {
    assert(definition.onTimer !== undefined, `${definition.type} holds messages but has no onTimer`);
    assert(Number.isSafeInteger(outcome.untilMs), `${definition.type} holds a message until ${outcome.untilMs}`);
  }
  if ('state' in outcome && outcome.state !== undefined) {
    const parsed = definition.state?.schema.safeParse(outcome.state);
    assert(parsed?.success === true, `${definition.type} returned state outside its schema: ${JSON.stringify(outcome.state)}`);
  }
}

function relationsOf(outcome: Outcome): readonly string[] {
  const emitted = (messages: readonly { readonly to: string }[]): readonly string[] => messages.map(({ to }) => to).filter((to) => to !== 'Failure');
  if (outcome.kind === 'emitted') return emitted(outcome.messages);
  if (outcome.kind !== 'routed') return [];
  return [...(typeof outcome.to === 'string' ? [outcome.to] : outcome.to), ...emitted(outcome.emits ?? [])];
}
