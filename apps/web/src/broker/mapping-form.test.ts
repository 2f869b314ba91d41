// Goal: the form sends what was chosen, gives back what is stored, and refuses what the server would. Method: mappings of all
// forms there and back, and filters checked against the schema of the server.
import { topicMappingSchema } from '@fieldline/model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TopicMapping } from '../api/broker-api.js';
import { fieldsOf, mappingErrorsOf, mappingOf } from './mapping-form.js';

const text = fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom('a', 'b', '.', '7') });
const level = fc.record({ from: fc.constant('level' as const), level: fc.integer({ min: 1, max: 32 }) });
const fixed = fc.record({ from: fc.constant('fixed' as const), name: text });
const mappings: fc.Arbitrary<TopicMapping> = fc
  .record({
    topicFilter: fc.constantFrom('plant/+/data', '#', 'a/b'),
    device: fc.oneof(level, fixed, fc.record({ from: fc.constant('payload' as const), path: text })),
    creation: fc.oneof(fc.constant({ createsDevice: false }), fc.record({ createsDevice: fc.constant(true), deviceProfile: text })),
    target: fc.oneof(
      fc.constant({ target: 'attributes' as const }),
      fc.record({ target: fc.constant('telemetry' as const), timestampPath: text }),
      fc.constant({ target: 'telemetry' as const }),
    ),
    value: fc.oneof(
      fc.constant({ form: 'object' as const }),
      fc.record({ form: fc.constant('object' as const), path: text }),
      fc.record({ form: fc.constant('raw' as const), key: fc.oneof(level, fixed) }),
    ),
  })
  .map(({ creation, target, ...rest }) => ({ ...rest, ...creation, ...target }));

it('gives back what it was given', () => {
  fc.assert(
    fc.property(mappings, (mapping) => {
      expect(mappingOf(fieldsOf(mapping))).toEqual(mapping);
    }),
  );
});

it('refuses the filters that the server refuses, and no others', () => {
  const filters = fc.array(fc.constantFrom('+', '#', 'a', 'a+', '$SYS', ''), { minLength: 1, maxLength: 4 }).map((levels) => levels.join('/'));
  fc.assert(
    fc.property(filters, (topicFilter) => {
      const fields = { ...fieldsOf(undefined), topicFilter };
      expect(mappingErrorsOf(fields).topicFilter === undefined).toBe(topicMappingSchema.safeParse(mappingOf(fields)).success);
    }),
  );
});

it.each([
  [{ deviceFrom: 'payload' }, 'devicePath'],
  [{ deviceFrom: 'fixed' }, 'deviceName'],
  [{ form: 'raw', keyFrom: 'fixed' }, 'keyName'],
] as const)('asks for what %j needs', (fields, missing) => {
  expect(Object.keys(mappingErrorsOf({ ...fieldsOf(undefined), topicFilter: 'a', ...fields }))).toEqual([missing]);
});
