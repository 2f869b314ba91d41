// Goal: what rule nodes ask of the main thread is answered, or refused where nobody will answer any more.
import { expect, test } from 'vitest';
import type { TenantId } from '@fieldline/model';
import type { FromEngine } from './link.js';
import { MainThread } from './main-thread.js';

const node = { tenantId: 't' as TenantId, id: 'n', name: 'Node' };
const device = { entityType: 'DEVICE', id: 'd' } as const;

function started() {
  const sent: FromEngine[] = [];
  const main = new MainThread((message) => sent.push(message));
  return { sent, main, changes: main.changes(), idOf: (place: number) => (sent[place] as { id: number }).id };
}

test('answers find who asked, whatever their order', async () => {
  const { sent, main, changes, idOf } = started();
  const made = changes.ensure(node, { entityType: 'DEVICE', name: 'd' });
  const taken = changes.unassign(node, device, undefined);
  expect(sent[1]).toEqual({ kind: 'change', id: idOf(1), method: 'unassign', args: [node, device, undefined] });
  const problem = { code: 'DIRECTORY_ENTITY_NOT_FOUND', kind: 'not-found', retry: 'never', message: 'm', remedy: 'r' } as const;
  main.answered({ kind: 'changed', id: idOf(1), problem });
  main.answered({ kind: 'changed', id: idOf(0), value: { entity: device, json: {}, isNew: true } });
  await expect(taken).rejects.toMatchObject({ code: 'DIRECTORY_ENTITY_NOT_FOUND' });
  expect(await made).toEqual({ entity: device, json: {}, isNew: true });
});

test('whoever waits when the engine closes, or comes later, is told', async () => {
  const { main, changes } = started();
  const waiting = changes.unassign(node, device, undefined);
  main.close();
  await expect(waiting).rejects.toMatchObject({ code: 'ENGINE_STOPPED' });
  await expect(changes.unassign(node, device, undefined)).rejects.toMatchObject({ code: 'ENGINE_STOPPED' });
});

test('takes no more than it has room for', async () => {
  const { main, changes } = started();
  const waiting = Array.from({ length: 10_000 }, () => changes.unassign(node, device, undefined).catch((error: { code: string }) => error.code));
  await expect(changes.unassign(node, device, undefined)).rejects.toMatchObject({ code: 'ENGINE_CHANGES_WAIT', retry: 'later' });
  main.close();
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(['ENGINE_STOPPED']));
});
