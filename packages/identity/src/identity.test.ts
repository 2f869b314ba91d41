import type { Clock } from '@fieldline/kernel';
import { epochMs, silentLog } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import type { Caller, EntityStore, TokenSigner } from '@fieldline/ports';
import { memoryEntityStore } from '@fieldline/storage-memory';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  createFirstUsers,
  ENDED_SESSIONS_MAX,
  Identity,
  identityDeps,
  LOCK_MS,
  requirePermission,
  resetPassword,
  setPassword,
  WRONG_PASSWORDS_MAX,
} from './index.js';

const email = 'tenant@fieldline.local';
const password = 'right password';
const tenantId = '00000000-0000-7000-8000-000000000001' as TenantId;

// Readable stand-ins for Argon2id and HS512, whose own tests are in apps/server.
const hasher = { hash: async (text: string) => `hash of ${text}`, verify: async (text: string, phc: string) => phc === `hash of ${text}` };
const signer: TokenSigner = {
  sign: (claims) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signed`,
  verify: (token) => (token.endsWith('.signed') ? JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) : undefined),
};

describe('identity', () => {
  let nowMs: number;
  let entities: EntityStore;
  let identity: Identity;
  let deps: ConstructorParameters<typeof Identity>[0];

  beforeEach(async () => {
    nowMs = 1_700_000_000_500;
    let id = 100;
    const clock: Clock = { nowMs: () => epochMs(nowMs), monotonicMs: () => nowMs, after: () => () => undefined };
    const ids = { next: () => `00000000-0000-7000-8000-${String(++id).padStart(12, '0')}` };
    entities = memoryEntityStore();
    let byte = 0;
    const random = (into: Uint8Array): void => into.forEach((_, i) => (into[i] = byte++ % 248));
    const events = { publish: () => undefined, subscribe: () => () => undefined };
    const mail = { send: () => Promise.resolve() };
    deps = identityDeps({ entities, events, hasher, signer, mail, clock, ids, random, log: silentLog, sha256: (text) => `sha256 of ${text}` });
    identity = new Identity(deps);
    await createFirstUsers(deps, { sysadminEmail: 'root@fieldline.local', tenantEmail: email, tenantPassword: password }, () => ({
      tenantId,
      changes: [],
    }));
    nowMs += 60_000;
  });

  const signIn = async (): Promise<{ caller: Caller; token: string; refreshToken: string }> => {
    const tokens = await identity.signIn(email, password);
    return { ...tokens, caller: await identity.authenticate(tokens.token) };
  };
  const code = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => 'no error',
      (error: { code: string }) => error.code,
    );

  it('makes the first users once, and tells only the passwords it made up', async () => {
    const fresh = { ...deps, entities: memoryEntityStore() };
    const settings = { sysadminEmail: 'root@fieldline.local', tenantEmail: email, tenantPassword: password };
    const made = await createFirstUsers(fresh, settings, () => ({ tenantId, changes: [] }));
    expect(made).toEqual([
      { email: 'root@fieldline.local', authority: 'SYS_ADMIN', generatedPassword: expect.stringMatching(/^[A-Za-z0-9]{20}$/) },
      { email, authority: 'TENANT_ADMIN', generatedPassword: undefined },
    ]);
    expect(await createFirstUsers(fresh, { ...settings, sysadminEmail: 'other@fieldline.local' }, () => ({ tenantId, changes: [] }))).toBeUndefined();
    expect(
      await code(
        createFirstUsers({ ...deps, entities: memoryEntityStore() }, { ...settings, tenantPassword: 'short' }, () => ({ tenantId, changes: [] })),
      ),
    ).toBe('IDENTITY_PASSWORD_REFUSED');
  });

  it('signs in with the claims ThingsBoard clients read', async () => {
    const { token, caller } = await signIn();
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toEqual({
      sub: email,
      userId: caller.userId,
      scopes: ['TENANT_ADMIN'],
      sessionId: caller.sessionId,
      exp: claims.iat + 9000,
      iss: 'fieldline',
      iat: Math.floor(nowMs / 1000),
      enabled: true,
      isPublic: false,
      tenantId,
      customerId: '13814000-1dd2-11b2-8080-808080808080',
    });
    expect(caller).toMatchObject({ authority: 'TENANT_ADMIN', tenantId, customerId: undefined, email });
    expect(await code(identity.signIn(email.toUpperCase(), password))).toBe('no error');
  });

  it('refuses a wrong password and an unknown user in the same words', async () => {
    expect(await code(identity.signIn(email, 'wrong'))).toBe('IDENTITY_SIGN_IN_REFUSED');
    expect(await code(identity.signIn('nobody@fieldline.local', password))).toBe('IDENTITY_SIGN_IN_REFUSED');
    expect(await code(identity.signIn('  ', password))).toBe('IDENTITY_SIGN_IN_INCOMPLETE');
    expect(await code(identity.signIn(email, ''))).toBe('IDENTITY_SIGN_IN_INCOMPLETE');
  });

  it('locks a user after too many wrong passwords, also when they come at once, and forgets them after a right one', async () => {
    await Promise.all(Array.from({ length: WRONG_PASSWORDS_MAX - 1 }, () => code(identity.signIn(email, 'wrong'))));
    expect(await code(identity.signIn(email, password))).toBe('no error');
    await Promise.all(Array.from({ length: WRONG_PASSWORDS_MAX }, () => code(identity.signIn(email, 'wrong'))));
    expect(await code(identity.signIn(email, password))).toBe('IDENTITY_USER_LOCKED');
    nowMs += LOCK_MS;
    expect(await code(identity.signIn(email, 'wrong'))).toBe('IDENTITY_SIGN_IN_REFUSED');
    expect(await code(identity.signIn(email, password))).toBe('no error');
  });

  it('lets nobody in with a right guess among as many wrong ones as lock the user', async () => {
    let release = (): void => undefined;
    const counted = new Promise<void>((resolve) => (release = resolve));
    const verify = async (text: string, phc: string): Promise<boolean> => {
      if (text === password) await counted;
      return hasher.verify(text, phc);
    };
    const slow = new Identity({ ...deps, hasher: { ...hasher, verify } });
    const guess = code(slow.signIn(email, password));
    for (let wrong = 0; wrong < WRONG_PASSWORDS_MAX; wrong += 1) await code(slow.signIn(email, 'wrong'));
    release();
    expect(await guess).toBe('IDENTITY_USER_LOCKED');
  });

  it('ends tokens in time, and refuses each kind in the place of the other', async () => {
    const { token, refreshToken } = await signIn();
    expect(await code(identity.authenticate(refreshToken))).toBe('IDENTITY_TOKEN_MALFORMED');
    expect(await code(identity.refresh(token))).toBe('IDENTITY_TOKEN_MALFORMED');
    expect(await code(identity.authenticate('not a token'))).toBe('IDENTITY_TOKEN_MALFORMED');
    expect(await code(identity.authenticate(token.replace(/signed$/, 'forged')))).toBe('IDENTITY_TOKEN_EXPIRED');
    nowMs += 9_000_000;
    expect(await code(identity.authenticate(token))).toBe('IDENTITY_TOKEN_EXPIRED');
    expect(await identity.authenticate((await identity.refresh(refreshToken)).token)).toMatchObject({ email });
    nowMs += 604_800_000;
    expect(await code(identity.refresh(refreshToken))).toBe('IDENTITY_TOKEN_EXPIRED');
  });

  it('ends one sign-in at sign-out and leaves the others', async () => {
    const one = await signIn();
    const other = await signIn();
    await identity.signOut(one.caller);
    expect(await code(identity.authenticate(one.token))).toBe('IDENTITY_TOKEN_EXPIRED');
    expect(await code(identity.refresh(one.refreshToken))).toBe('IDENTITY_TOKEN_EXPIRED');
    expect(await code(identity.authenticate(other.token))).toBe('no error');
  });

  it('voids all tokens rather than forget a sign-out when there are too many', async () => {
    const { caller } = await signIn();
    for (let n = 0; n < ENDED_SESSIONS_MAX; n += 1) await identity.signOut({ ...caller, sessionId: `session ${n}` });
    const kept = await signIn();
    await identity.signOut({ ...caller, sessionId: 'one more' });
    expect(await code(identity.authenticate(kept.token))).toBe('IDENTITY_TOKEN_EXPIRED');
    expect(await code(identity.signIn(email, password))).toBe('no error');
  });

  it('changes a password, voids older tokens even of the same second, and hands out one that works at once', async () => {
    const before = await signIn();
    expect(await code(identity.changePassword(before.caller, 'wrong', 'new password'))).toBe('IDENTITY_PASSWORD_WRONG');
    expect(await code(identity.changePassword(before.caller, password, password))).toBe('IDENTITY_PASSWORD_UNCHANGED');
    expect(await code(identity.changePassword(before.caller, password, 'x'.repeat(73)))).toBe('IDENTITY_PASSWORD_REFUSED');
    const after = await identity.changePassword(before.caller, password, 'new password');
    expect(await code(identity.authenticate(before.token))).toBe('IDENTITY_TOKEN_EXPIRED');
    expect(await code(identity.authenticate(after.token))).toBe('no error');
    expect(await code(identity.signIn(email, password))).toBe('IDENTITY_SIGN_IN_REFUSED');
  });

  it('keeps a disabled user out, and gives a lost password back', async () => {
    const user = await identity.currentUser((await signIn()).caller);
    const credentials = await setPassword(deps, user, password);
    const { token } = await signIn();
    expect(await code(identity.authenticate(token))).toBe('no error');
    const [stored] = await entities.findAll('userCredentials', tenantId, { userId: user.id }, 1);
    if (stored === undefined) throw new Error('no credentials');
    await entities.write([{ change: 'update', kind: 'userCredentials', entity: { ...stored, isEnabled: false } }]);
    expect(credentials.isEnabled).toBe(true);
    expect(await code(identity.authenticate(token))).toBe('IDENTITY_TOKEN_EXPIRED');
    expect(await code(identity.signIn(email, password))).toBe('IDENTITY_USER_DISABLED');
    expect(await code(resetPassword(deps, 'nobody@fieldline.local'))).toBe('IDENTITY_USER_UNKNOWN');
    expect(await code(identity.signIn(email, await resetPassword(deps, email)))).toBe('no error');
  });

  it('grants a permission by authority', async () => {
    const { caller } = await signIn();
    expect(() => requirePermission(caller, 'device.delete')).not.toThrow();
    expect(() => requirePermission({ ...caller, authority: 'CUSTOMER_USER' }, 'device.delete')).toThrow(/permission/);
    expect(() => requirePermission({ ...caller, authority: 'SYS_ADMIN' }, 'device.read')).toThrow(/permission/);
    const anybody: Caller = { ...caller, authority: 'CUSTOMER_USER', isPublic: true };
    for (const look of ['alarm.list', 'entity-query.find', 'dashboard.read-info', 'session.use'] as const) {
      expect(() => requirePermission(anybody, look)).not.toThrow();
    }
    for (const change of ['alarm.write', 'alarm-comment.write', 'telemetry.write', 'event.delete', 'device.read-credentials'] as const) {
      expect(() => requirePermission(anybody, change)).toThrow(/permission/);
    }
  });
});
