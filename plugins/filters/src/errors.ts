import { defineErrors } from '@fieldline/plugin-sdk';

export const filterErrors = defineErrors('FILTER', {
  BODY_NOT_OBJECT: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'The body of the message is not a JSON object, so it has no fields to look for.',
    remedy: 'Filter such messages out before this node, or look only for metadata.',
  },
  BODY_NOT_ALARM: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'The body of the message is not an alarm: it has no id of one.',
    remedy: 'Put the node behind a node that creates or clears alarms, or behind the way out for alarms of a message type switch.',
  },
  ALARM_NOT_FOUND: {
    kind: 'not-found',
    retry: 'never',
    message: 'No such alarm found.',
    remedy: 'The alarm was deleted since the message was made; treat such messages behind the Failure of this node.',
  },
  ORIGINATOR_TYPE_UNSUPPORTED: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { found: string; allowed: string }) => `Unsupported originator type: ${d.found}! Only '${d.allowed}' type is allowed.`,
    remedy: 'Put an entity type switch before this node.',
  },
  PROFILE_NOT_FOUND: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { entityType: string; id: string }) => `The profile of ${d.entityType} ${d.id} was not found.`,
    remedy: 'The originator was deleted since the message was sent; treat such messages behind the Failure of this node.',
  },
  ENTITY_MISSING: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'The node is to check the relation to one entity, but names none.',
    remedy: 'Choose the entity, or switch "Check relation to specific entity" off.',
  },
  ENTITY_NOT_FOUND: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { entityType: string; id: string }) => `There is no ${d.entityType} ${d.id}.`,
    remedy: 'Choose the entity again: it was deleted, or the chain comes from another tenant.',
  },
  DIRECTION_MISSING: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'The settings name no direction, which was required of them.',
    remedy: 'Set direction to FROM or TO and save the node.',
  },
});
