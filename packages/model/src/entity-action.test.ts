import { expect, test } from 'vitest';
import type { EntityAction } from './entity-action.js';
import { auditLogOf } from './entity-action.js';
import type { TenantId } from './entity-id.js';

// Goal: a record of the audit log holds no secret and stays small, whatever was done. Method: records of changes that have both.

const action: EntityAction = { type: 'UPDATED', tenantId: 't' as TenantId, entity: { entityType: 'DEVICE', id: 'd' }, entityName: 'A' };
const recorded = (more: Partial<EntityAction>) => auditLogOf({ ...action, ...more }, { id: 'a', nowMs: 1 }).actionData;

test.each([
  ['provisionDeviceSecret', 'profileData'],
  ['authenticationPassphrase', 'deviceData'],
  ['privateKey', 'nodes'],
  ['apiKey', 'nodes'],
])('the diff masks %s inside of %s', (member, field) => {
  const diff = recorded({ before: { [field]: { [member]: 'old' } }, after: { [field]: { [member]: 'new', open: 1 } } });
  expect(diff).toEqual({ diff: { [field]: { from: { [member]: '***' }, to: { [member]: '***', open: 1 } } } });
});

test('what is recorded besides the diff is masked and bounded like it', () => {
  expect(recorded({ data: { scope: 'SHARED_SCOPE', attributes: { token: 'x', limit: 30 } } })).toEqual({
    scope: 'SHARED_SCOPE',
    attributes: { token: '***', limit: 30 },
  });
  expect(recorded({ data: { attributes: { long: 'x'.repeat(100_000) } } })).toEqual({ attributes: '(100011 characters)' });
  expect(recorded({ data: { comment: { text: 'seen' }, points: 3 } })).toEqual({ comment: { text: 'seen' }, points: 3 });
});
