import { defineRuleNode, emit, end, elementsOf, route, z } from '@fieldline/plugin-sdk';
import { transformErrors } from './errors.js';
import { ELEMENTS_MAX } from './limits.js';

/** Makes one message of each element of a list. */
export const splitArrayNode = defineRuleNode({
  type: 'transform.split-array',
  version: 0,
  category: 'transformation',
  title: 'Split array msg',
  summary: 'Makes one message of each element of a list.',
  docs: [
    'The body must be a list. Each element becomes the body of a new message with the same type, originator and metadata; they leave in the order of',
    'the list. A list of one element goes on as the same message, and a message with an empty list ends here.',
    '',
    `A list of more than ${ELEMENTS_MAX} elements fails.`,
  ].join('\n'),
  icon: 'arrows-split-2',
  examples: [
    {
      title: 'two elements become two messages',
      message: { type: 'POST_TELEMETRY_REQUEST', data: [{ temperature: 21.5 }, { temperature: 22 }] },
      to: [],
      emits: [
        { to: 'Success', type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } },
        { to: 'Success', type: 'POST_TELEMETRY_REQUEST', data: { temperature: 22 } },
      ],
    },
    { title: 'a message with an empty list ends', message: { type: 'POST_TELEMETRY_REQUEST', data: [] }, to: [] },
    { title: 'a body that is no list fails', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } }, to: 'Failure' },
  ],
  thingsboard: { className: 'org.thingsboard.rule.engine.transform.TbSplitArrayMsgNode', configurationVersion: 0 },
  relationTypes: ['Success'],
  config: z.strictObject({ version: z.number().optional().meta({ description: 'Kept for import and export; means nothing.', hidden: true }) }),
  defaults: {},
  onMessage(message) {
    const elements = elementsOf(message);
    if (elements === undefined) throw transformErrors.NOT_AN_ARRAY();
    if (elements.length > ELEMENTS_MAX) throw transformErrors.ARRAY_TOO_LONG({ elements: elements.length, limit: ELEMENTS_MAX });
    const [only] = elements;
    if (only === undefined) return end('array-empty');
    if (elements.length === 1) return route('Success', message.with({ text: only }));
    const { type, originator, customerId, metadata } = message;
    return emit(elements.map((text) => ({ to: 'Success' as const, message: { type, originator, customerId, metadata, text } })));
  },
});
