// Goal: the alarm life cycle over HTTP, row by row of rest-api.md §17 and §18: what is stored, what the comments and the
// audit log say, what rule chains are told, and who may do what.
import type { User } from '@fieldline/model';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
let device: string;
let adminId: string;
let count = 0;
beforeAll(async () => {
  rest = await startRest();
  device = (await call('POST', '/api/device', { name: 'Boiler', label: 'The boiler' })).body.id.id;
  adminId = (await call('GET', '/api/auth/user')).body.id.id;
});
afterAll(() => rest.close());
beforeEach(() => void rest.told.splice(0));

const call = (method: string, path: string, body?: unknown, token = rest.admin) => rest.call(method, path, { token, body });
const draft = (more: object = {}) => ({ type: `Alarm ${++count}`, originator: { entityType: 'DEVICE', id: device }, severity: 'CRITICAL', ...more });
const made = async (more: object = {}) => (await call('POST', '/api/alarm', draft(more))).body;
const idOf = (alarm: { id: { id: string } }): string => alarm.id.id;
const comments = async (alarm: { id: { id: string } }) => (await call('GET', `/api/alarm/${idOf(alarm)}/comment?pageSize=50&page=0`)).body.data;
const told = () => rest.told.map(({ type, originator }) => [type, originator.id]);

describe('saving an alarm', () => {
  it('creates it with the times of now, and tells the rule chain of its originator', async () => {
    const before = Date.now();
    const alarm = await made({ details: { limit: 30 }, type: 'Fresh' });
    expect(alarm).toMatchObject({
      status: 'ACTIVE_UNACK',
      severity: 'CRITICAL',
      details: { limit: 30 },
      acknowledged: false,
      customerId: null,
      name: 'Fresh',
    });
    expect(alarm.startTs).toBeGreaterThanOrEqual(before);
    expect(alarm.endTs).toBe(alarm.startTs);
    expect(rest.told).toMatchObject([
      {
        type: 'ENTITY_CREATED',
        originator: { entityType: 'DEVICE', id: device },
        data: { id: alarm.id, type: 'Fresh' },
        metadata: { entityName: 'Fresh', entityType: 'DEVICE', userEmail: 'one@fieldline.local', userId: adminId },
      },
    ]);
  });

  it('updates the active one of the same originator and type, and keeps its acknowledgement', async () => {
    const first = await made({ type: 'Again', startTs: 1_000, endTs: 2_000, assigneeId: { id: adminId } });
    await call('POST', `/api/alarm/${idOf(first)}/ack`);
    rest.told.splice(0);
    const again = await made({ type: 'Again', severity: 'MINOR', startTs: 1_000, endTs: 5_000, assigneeId: { id: adminId } });
    expect(again).toMatchObject({ id: first.id, severity: 'MINOR', startTs: 1_000, endTs: 5_000, status: 'ACTIVE_ACK', assigneeId: { id: adminId } });
    expect(told()).toEqual([['ENTITY_UPDATED', device]]);
    const same = await made({ type: 'Again', severity: 'MINOR', startTs: 1_000, endTs: 5_000, assigneeId: { id: adminId } });
    expect([same, told().length]).toEqual([again, 1]);
  });

  it('moves the start of the active one to now where the request has none', async () => {
    await made({ type: 'Moved', startTs: 1_000 });
    expect((await made({ type: 'Moved' })).startTs).toBeGreaterThan(1_000_000);
  });

  it('never matches a cleared one', async () => {
    const first = await made({ type: 'Over', cleared: true });
    expect(first.status).toBe('CLEARED_UNACK');
    expect((await made({ type: 'Over' })).id).not.toEqual(first.id);
  });

  it('acknowledges, clears and assigns where the body says so, and unassigns where it names nobody', async () => {
    const alarm = await made({ acknowledged: true, ackTs: 7_000, assigneeId: { id: adminId } });
    expect(alarm).toMatchObject({ acknowledged: true, ackTs: 7_000, assigneeId: { entityType: 'USER', id: adminId } });
    expect(told().map(([type]) => type)).toEqual(['ENTITY_CREATED', 'ALARM_ACK', 'ALARM_ASSIGNED']);
    const later = (await call('POST', '/api/alarm', { ...alarm, assigneeId: null, acknowledged: false, cleared: true })).body;
    expect(later).toMatchObject({ acknowledged: true, cleared: true, assigneeId: null, status: 'CLEARED_ACK' });
  });

  it.each([
    [{ startTs: 2, endTs: 1 }, 400, "Alarm start ts can't be greater then alarm end ts!"],
    [{ type: ' ' }, 400, 'Validation error: type must not be blank'],
    [{ type: 'x'.repeat(256) }, 400, 'Validation error: type length must be equal or less than 255'],
    [{ severity: null }, 400, 'Validation error: severity must not be null'],
    [{ severity: 'BAD' }, 400, 'Validation error: severity must not be null'],
    [
      { originator: { entityType: 'DEVICE', id: '00000000-0000-7000-8000-00000000dead' } },
      404,
      'Device with id [00000000-0000-7000-8000-00000000dead] is not found',
    ],
    [
      { customerId: { id: '00000000-0000-7000-8000-00000000dead' } },
      400,
      "Can't assign alarm to customer. Originator belongs to different customer!",
    ],
    [{ id: { id: '00000000-0000-7000-8000-00000000dead' } }, 404, 'Alarm with id [00000000-0000-7000-8000-00000000dead] is not found'],
  ])('%j is refused with %i', async (more, status, message) => {
    expect(await call('POST', '/api/alarm', draft(more))).toMatchObject({ status, body: { message } });
  });

  it('for a user of another tenant is refused', async () => {
    const stranger = (await call('GET', '/api/auth/user', undefined, rest.stranger)).body.id.id;
    expect((await call('POST', '/api/alarm', draft({ assigneeId: { id: stranger } }))).status).toBe(403);
    expect((await call('POST', `/api/alarm/${idOf(await made())}/assign/${stranger}`)).status).toBe(403);
  });
});

describe('the state of an alarm', () => {
  it('is acknowledged once, with a comment that says who did it', async () => {
    const alarm = await made();
    rest.told.splice(0);
    const { body, status } = await call('POST', `/api/alarm/${idOf(alarm)}/ack`);
    expect([status, body.status, body.originatorName]).toEqual([200, 'ACTIVE_ACK', 'Boiler']);
    expect(body.ackTs).toBeGreaterThanOrEqual(alarm.createdTime);
    expect(told()).toEqual([['ALARM_ACK', device]]);
    expect(await comments(alarm)).toMatchObject([
      { type: 'SYSTEM', userId: null, comment: { subtype: 'ACKED_BY_USER', userName: 'one@fieldline.local' } },
    ]);
    expect(await call('POST', `/api/alarm/${idOf(alarm)}/ack`)).toMatchObject({ status: 400, body: { message: 'Alarm was already acknowledged!' } });
  });

  it('is cleared once', async () => {
    const alarm = await made();
    expect((await call('POST', `/api/alarm/${idOf(alarm)}/clear`)).body).toMatchObject({ status: 'CLEARED_UNACK', cleared: true });
    expect(await call('POST', `/api/alarm/${idOf(alarm)}/clear`)).toMatchObject({ status: 400, body: { message: 'Alarm was already cleared!' } });
    expect((await comments(alarm))[0].comment.subtype).toBe('CLEARED_BY_USER');
    expect(told().at(-1)).toEqual(['ALARM_CLEAR', device]);
  });

  it('says who takes care of it', async () => {
    const path = `/api/alarm/${idOf(await made())}/assign`;
    const { body } = await call('POST', `${path}/${adminId}`);
    expect(body).toMatchObject({ assigneeId: { id: adminId } });
    expect(body.assignTs).toBeGreaterThan(0);
    expect(await call('POST', `${path}/${adminId}`)).toMatchObject({ status: 400, body: { message: 'Alarm was already assigned to this user!' } });
    const info = await call('GET', `/api/alarm/info/${idOf(body)}`);
    expect(info.body.assignee).toEqual({ id: { entityType: 'USER', id: adminId }, firstName: null, lastName: null, email: 'one@fieldline.local' });
    expect((await call('DELETE', path)).body).toMatchObject({ assigneeId: null });
    expect(await call('DELETE', path)).toMatchObject({ status: 400, body: { message: 'Alarm was already unassigned!' } });
    expect((await comments(body)).map(({ comment }: { comment: { subtype: string } }) => comment.subtype)).toEqual([
      'ASSIGNED_TO_USER',
      'UNASSIGNED_BY_USER',
    ]);
    expect(told().map(([type]) => type)).toEqual(['ENTITY_CREATED', 'ALARM_ASSIGNED', 'ALARM_UNASSIGNED']);
  });

  it('is shelved with a reason until an instant, and comes back', async () => {
    const alarm = await made({ details: { limit: 30 } });
    const path = `/api/alarm/${idOf(alarm)}/shelve`;
    const untilTs = Date.now() + 3_600_000;
    const { body } = await call('POST', path, { reason: 'pump is being repaired', untilTs });
    expect(body).toMatchObject({
      status: 'ACTIVE_UNACK',
      details: { limit: 30, shelved: { reason: 'pump is being repaired', untilTs, userName: 'one@fieldline.local' } },
    });
    const raised = (await call('POST', '/api/alarm', { ...draft(), type: alarm.type, details: { limit: 31 } })).body;
    expect(raised.details).toMatchObject({ limit: 31, shelved: { untilTs } });
    expect((await call('DELETE', path)).body.details).toEqual({ limit: 31 });
    expect(await call('DELETE', path)).toMatchObject({ status: 400, body: { message: 'Alarm is not shelved!' } });
    expect((await call('POST', path, { reason: ' ', untilTs })).status).toBe(400);
    expect((await call('POST', path, { reason: 'r', untilTs: 1 })).status).toBe(400);
    expect((await call('POST', path, { reason: 'r', untilTs: Date.now() + 31 * 86_400_000 })).status).toBe(400);
  });

  it('ends with its removal, which takes its comments and, with the last alarm of a type, the type', async () => {
    const alarm = await made({ type: 'Only one' });
    await call('POST', `/api/alarm/${idOf(alarm)}/ack`);
    const types = async () => (await call('GET', '/api/alarm/types?pageSize=10&page=0&textSearch=only')).body;
    expect((await types()).data).toEqual([{ tenantId: { entityType: 'TENANT', id: rest.one.tenantId }, entityType: 'ALARM', type: 'Only one' }]);
    expect(await call('DELETE', `/api/alarm/${idOf(alarm)}`)).toMatchObject({ status: 200, body: true });
    expect((await types()).totalElements).toBe(0);
    expect((await call('GET', `/api/alarm/${idOf(alarm)}`)).status).toBe(404);
    expect(await rest.entities.count('alarmComment', rest.one.tenantId, { alarmId: idOf(alarm) })).toBe(0);
    expect(told().at(-1)).toEqual(['ALARM_DELETE', device]);
  });

  it.each(['ack', 'clear', 'assign/x', 'shelve'])('cannot be changed by others: %s', async (change) => {
    const path = `/api/alarm/${idOf(await made())}/${change.replace('x', adminId)}`;
    const body = { reason: 'r', untilTs: Date.now() + 1_000 };
    expect((await call('POST', path, body, rest.customer)).status).toBe(403);
    expect((await call('POST', path, body, rest.stranger)).status).toBe(403);
    expect((await call('POST', path, body, rest.system)).status).toBe(403);
  });
});

describe('lists of alarms', () => {
  it('are filtered by status, severity, type and assignee, in both versions', async () => {
    const other = (await call('POST', '/api/device', { name: 'Lists' })).body.id.id;
    const of = (more: object) => made({ originator: { entityType: 'DEVICE', id: other }, ...more });
    const a = await of({ type: 'A', severity: 'CRITICAL' });
    const b = await of({ type: 'B', severity: 'MINOR', acknowledged: true, assigneeId: { id: adminId } });
    const c = await of({ type: 'C', severity: 'WARNING', cleared: true });
    const list = async (query: string, version = '/api/v2/alarm') =>
      (await call('GET', `${version}/DEVICE/${other}?pageSize=10&page=0&sortProperty=type&${query}`)).body.data.map(
        ({ type }: { type: string }) => type,
      );
    expect(await list('')).toEqual(['A', 'B', 'C']);
    expect(await list('statusList=ACTIVE')).toEqual(['A', 'B']);
    expect(await list('statusList=ACTIVE,UNACK')).toEqual(['A']);
    expect(await list('statusList=ACTIVE&statusList=CLEARED&statusList=ACK')).toEqual(['B']);
    expect(await list('statusList=ANY,ACTIVE')).toEqual(['A', 'B', 'C']);
    expect(await list('severityList=CRITICAL,WARNING')).toEqual(['A', 'C']);
    expect(await list('typeList=B,C')).toEqual(['B', 'C']);
    const d = await of({ type: 'B,C', severity: 'MINOR' });
    expect(await list('typeList=B,C')).toEqual(['B', 'C']);
    expect(await list('typeList=A&typeList=B,C')).toEqual(['A', 'B,C']);
    expect(await list('typeList=B,C&typeList=')).toEqual(['B,C']);
    await call('DELETE', `/api/alarm/${idOf(d)}`);
    expect(await list(`assigneeId=${adminId}`)).toEqual(['B']);
    expect(await list('textSearch=warn')).toEqual(['C']);
    expect(await list('status=CLEARED_UNACK', '/api/alarm')).toEqual(['C']);
    expect((await call('GET', `/api/v2/alarms?pageSize=1&page=0&typeList=A`)).body).toMatchObject({ data: [{ id: a.id }], totalElements: 1 });
    const severity = (query: string) => call('GET', `/api/alarm/highestSeverity/DEVICE/${other}${query}`);
    expect([(await severity('')).text, (await severity('?searchStatus=ACK')).text]).toEqual(['"CRITICAL"', '"MINOR"']);
    expect(await severity('?status=CLEARED_ACK')).toMatchObject({ status: 200, text: '' });
    expect([b.status, c.status]).toEqual(['ACTIVE_ACK', 'CLEARED_UNACK']);
  });

  it('show propagated alarms at related entities, the owner and the tenant', async () => {
    const tenant = { entityType: 'TENANT', id: rest.one.tenantId };
    const alarm = await made({ propagateToTenant: true, propagateToOwner: true, type: 'Shown above' });
    const shown = (await call('GET', `/api/alarm/TENANT/${tenant.id}?pageSize=50&page=0`)).body.data;
    expect(shown.map(({ id }: { id: object }) => id)).toContainEqual(alarm.id);
    await made({ type: 'Shown above' });
    expect((await call('GET', `/api/alarm/TENANT/${tenant.id}?pageSize=50&page=0`)).body.totalElements).toBe(0);
  });
});

describe('comments', () => {
  it('are written, edited by their author, and replaced by a note when they are taken back', async () => {
    const alarm = await made();
    rest.told.splice(0);
    const path = `/api/alarm/${idOf(alarm)}/comment`;
    const first = (await call('POST', path, { comment: { text: 'checked' } })).body;
    expect(first).toMatchObject({
      alarmId: alarm.id,
      userId: { id: adminId },
      type: 'OTHER',
      comment: { text: 'checked' },
      name: '{"text":"checked"}',
    });
    const edited = (await call('POST', path, { id: first.id, comment: { text: 'checked twice' } })).body;
    expect(edited.comment).toEqual({ text: 'checked twice', edited: 'true', editedOn: expect.any(Number) });
    expect(rest.told).toMatchObject([
      { type: 'COMMENT_CREATED', originator: { entityType: 'ALARM', id: idOf(alarm) }, metadata: { comment: '{"text":"checked"}' } },
      { type: 'COMMENT_UPDATED' },
    ]);
    expect((await comments(alarm))[0]).toMatchObject({ email: 'one@fieldline.local', firstName: null });
    expect((await call('DELETE', `${path}/${first.id.id}`)).status).toBe(200);
    expect((await comments(alarm))[0]).toMatchObject({ type: 'SYSTEM', userId: null, comment: { subtype: 'COMMENT_DELETED' } });
    expect(await call('DELETE', `${path}/${first.id.id}`)).toMatchObject({ status: 400, body: { message: 'System comment could not be deleted' } });
    const system = await call('POST', path, { id: first.id, comment: { text: 'x' } });
    expect(system).toMatchObject({ status: 400, body: { message: "System alarm comment can't be updated!" } });
  });

  it('of others are not edited', async () => {
    const alarm = await made();
    const path = `/api/alarm/${idOf(alarm)}/comment`;
    const { id } = (await call('POST', path, { comment: { text: 'mine' } })).body;
    const head = { id: '00000000-0000-7000-8000-0000000000bb', tenantId: rest.one.tenantId, createdAtMs: 0, version: 1 };
    const second: User = { ...head, email: 'second@fieldline.local', authority: 'TENANT_ADMIN' };
    await rest.addUserWithPassword(second);
    const token = await rest.signIn('second@fieldline.local');
    const refused = await call('POST', path, { id, comment: { text: 'yours' } }, token);
    expect(refused).toMatchObject({ status: 403, body: { message: "User is not allowed to edit other user's comment" } });
    expect((await call('DELETE', `${path}/${id.id}`, undefined, token)).status).toBe(200);
  });

  it.each([
    [{}, 'Alarm comment should be specified!'],
    [{ comment: { text: 'x'.repeat(10_001) } }, 'Validation error: comment length must be equal or less than 10000'],
    [
      { id: { id: '00000000-0000-7000-8000-00000000dead' }, comment: { text: 'x' } },
      'Alarm comment with id [00000000-0000-7000-8000-00000000dead] is not found',
    ],
  ])('%# that cannot be kept are refused', async (body, message) => {
    expect((await call('POST', `/api/alarm/${idOf(await made())}/comment`, body)).body.message).toBe(message);
  });

  it('are nobody else’s business', async () => {
    const path = `/api/alarm/${idOf(await made())}/comment`;
    expect((await call('POST', path, { comment: { text: 'x' } }, rest.customer)).status).toBe(403);
    expect((await call('GET', `${path}?pageSize=1&page=0`, undefined, rest.stranger)).status).toBe(403);
  });
});

it('every change leaves an audit record with the user and what differs', async () => {
  const alarm = await made({ severity: 'MINOR' });
  await call('POST', '/api/alarm', { ...alarm, severity: 'MAJOR' });
  const { data } = await rest.entities.page('auditLog', rest.one.tenantId, { pageSize: 10, page: 0 }, { entityId: idOf(alarm) });
  expect(data.map(({ actionType, userName }) => [actionType, userName])).toEqual([
    ['ADDED', 'one@fieldline.local'],
    ['UPDATED', 'one@fieldline.local'],
  ]);
  expect(data[1]?.actionData).toMatchObject({ diff: { severity: { from: 'MINOR', to: 'MAJOR' } } });
});
