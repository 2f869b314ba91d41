// Goal: what two people do at the same moment leaves a tenant whole: somebody who administrates it, no user or device of a
// customer that is gone, each device with one owner. Method: the memory store with somebody who comes in before a write.
import type { User } from '@fieldline/model';
import type { Caller, EntityChange } from '@fieldline/ports';
import { beforeEach, describe, expect, it } from 'vitest';
import { codeOf, meanwhileIn, openDirectory } from './directory.fixture.js';
import { Assets, Assignments, Customers, deviceErrors, Devices, moveDevice, UserActivation, Users } from './index.js';

let d: Awaited<ReturnType<typeof openDirectory>>;
beforeEach(async () => {
  d = await openDirectory();
});

const meanwhile = (fits: (changes: readonly EntityChange[]) => boolean, act: () => Promise<unknown>) => meanwhileIn(d, fits, act);
const removes = (kind: string) => (changes: readonly EntityChange[]) => changes.some((one) => one.change === 'remove' && one.kind === kind);

/** Makes a user who acts. */
async function userOf(caller: Caller): Promise<Caller> {
  const { userId: id, tenantId, authority } = caller;
  const head = { tenantId, createdAtMs: 1, version: 1 };
  const user: User = { ...head, id, email: `${id}@x.yz`, authority };
  const credentials = { ...head, id: d.deps.ids.next(), userId: id, isEnabled: true, passwordChangedAtMs: 0, failedAttempts: 0 };
  await d.entities.write([
    { change: 'insert', kind: 'user', entity: user },
    { change: 'insert', kind: 'userCredentials', entity: credentials },
  ]);
  return caller;
}

describe('administrators who remove each other', () => {
  it.each(['admin', 'system'] as const)('leave one of them: %s', async (who) => {
    const first = await userOf(d[who]);
    const second = await userOf({ ...d[who], userId: d.deps.ids.next() });
    const late = new Users(meanwhile(removes('user'), () => new Users(d.deps).remove(second, first.userId)));
    expect(await codeOf(late.remove(first, second.userId))).not.toBe('no error');
    const left = await d.entities.findAll('user', first.tenantId, { authority: first.authority }, 10);
    expect(left.map(({ id }) => id)).toEqual([second.userId]);
  });

  it('go on where a third one changes meanwhile', async () => {
    const first = await userOf(d.admin);
    const second = await userOf({ ...d.admin, userId: d.deps.ids.next() });
    const rename = async () => {
      const [stored] = await d.entities.findAll('userCredentials', first.tenantId, { userId: first.userId }, 1);
      if (stored !== undefined) await d.entities.write([{ change: 'update', kind: 'userCredentials', entity: { ...stored, lastLoginAtMs: 1 } }]);
    };
    await new Users(meanwhile(removes('user'), rename)).remove(first, second.userId);
    expect(await d.entities.count('user', first.tenantId, {})).toBe(1);
  });
});

it('a user whose activation mail cannot be sent is removed again, also the first administrator of a tenant', async () => {
  const users = new Users(d.deps);
  const mail = { send: () => Promise.reject(deviceErrors.TENANT_UNKNOWN()) };
  const activation = new UserActivation(d.deps, users, mail);
  const draft = { email: 'first@fieldline.local', authority: 'TENANT_ADMIN', tenantId: d.two.tenantId } as const;
  expect(await codeOf(activation.save(d.system, draft, 'http://x'))).toBe('DIRECTORY_TENANT_UNKNOWN');
  expect(await d.entities.count('user', d.two.tenantId, {})).toBe(0);
});

it('what is given to a customer while it is being removed does not stay with it', async () => {
  const customers = new Customers(d.deps);
  const { id: customerId } = await customers.save(d.admin, { name: 'A' });
  const device = await d.devices.save(d.admin, { name: 'D' });
  const give = async () => {
    await new Assignments(d.deps, 'device', deviceErrors.TENANT_UNKNOWN).assign(d.admin, device.id, customerId);
    await new Users(d.deps).save(d.admin, { email: 'late@fieldline.local', authority: 'CUSTOMER_USER', customerId });
  };
  await new Customers(meanwhile(removes('customer'), give)).remove(d.admin, customerId);
  expect(await d.entities.count('device', d.admin.tenantId, { customerId })).toBe(0);
  expect(await d.entities.count('user', d.admin.tenantId, { customerId })).toBe(0);
});

describe('a device that moves to another tenant', () => {
  const move = (deps: typeof d.deps, id: string) => moveDevice(deps, d.admin, id, d.two.tenantId);

  it('does not come back to life where somebody removes it meanwhile', async () => {
    const { id } = await d.devices.save(d.admin, { name: 'D' });
    const late = meanwhile(removes('device'), () => new Devices(d.deps).remove(d.admin, id));
    expect(await codeOf(move(late, id))).not.toBe('no error');
    expect(await d.entities.tenantOf('device', id)).toBeUndefined();
  });

  it('takes along the token that it got meanwhile', async () => {
    const { id } = await d.devices.save(d.admin, { name: 'D' });
    const stored = await d.devices.credentials(d.admin, id);
    const renew = { id: stored.id, deviceId: id, credentialsType: 'ACCESS_TOKEN', credentialsId: 'renewed' } as const;
    await move(
      meanwhile(removes('device'), () => d.devices.saveCredentials(d.admin, renew)),
      id,
    );
    const [moved] = await d.entities.findAll('deviceCredentials', d.two.tenantId, { deviceId: id }, 1);
    expect(moved?.credentialsId).toBe('renewed');
  });
});

describe('users of a customer', () => {
  it('make no profiles by naming a type that there is not', async () => {
    const { id: customerId } = await new Customers(d.deps).save(d.admin, { name: 'A' });
    const user: Caller = { ...d.customer, customerId };
    const device = await d.devices.save(d.admin, { name: 'D', customerId });
    expect(await codeOf(d.devices.save(user, { id: device.id, name: 'D', type: 'made up' }))).toBe('DIRECTORY_ACCESS_DENIED');
    expect((await d.devices.save(user, { id: device.id, name: 'E', type: 'default' })).name).toBe('E');
    const asset = await new Assets(d.deps).save(d.admin, { name: 'A', customerId });
    expect(await codeOf(new Assets(d.deps).save(user, { id: asset.id, name: 'A', type: 'made up' }))).toBe('DIRECTORY_ACCESS_DENIED');
    for (const kind of ['deviceProfile', 'assetProfile'] as const) expect(await d.entities.count(kind, d.admin.tenantId, {})).toBe(1);
  });
});
