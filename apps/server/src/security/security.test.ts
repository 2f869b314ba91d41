import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { argon2Hasher } from './argon2-hasher.js';
import { hs512Signer } from './jwt-signer.js';
import { signingKey } from './signing-key.js';

describe('password hashes', () => {
  const hasher = argon2Hasher();

  it('are Argon2id in PHC form, salted, and only the right password fits', async () => {
    const [one, two] = await Promise.all([hasher.hash('secret'), hasher.hash('secret')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(two);
    const answers = await Promise.all([hasher.verify('secret', one), hasher.verify('Secret', one), hasher.verify('secret', 'plain')]);
    expect(answers).toEqual([true, false, false]);
  });

  it('agree with a hash made by the reference program', async () => {
    // From test.c of the reference implementation: password, salt "somesalt", version 0x13.
    const known = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await hasher.verify('password', known)).toBe(true);
  });
});

describe('tokens', () => {
  const signer = hs512Signer(new Uint8Array(64).fill(7));

  it('come back as they were signed, and not when anything was changed', () => {
    const token = signer.sign({ sub: 'a', exp: 1 });
    expect(signer.verify(token)).toEqual({ sub: 'a', exp: 1 });
    const [head, body, signature] = token.split('.');
    const forged = Buffer.from(JSON.stringify({ sub: 'b', exp: 1 })).toString('base64url');
    expect(signer.verify(`${head}.${forged}.${signature}`)).toBeUndefined();
    expect(signer.verify(`${head}.${body}.`)).toBeUndefined();
    expect(signer.verify(`${head}.${body}.${signature}.x`)).toBeUndefined();
    expect(hs512Signer(new Uint8Array(64).fill(8)).verify(token)).toBeUndefined();
    const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    expect(signer.verify(`${none}.${body}.`)).toBeUndefined();
  });

  it('need a key as long as the hash', () => {
    expect(() => hs512Signer(new Uint8Array(32))).toThrow('64 bytes');
  });
});

describe('the signing key', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'fieldline-key-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is made once, kept, and readable by its owner only', () => {
    const key = signingKey(folder);
    expect(key.length).toBe(64);
    expect([...signingKey(folder)]).toEqual([...key]);
    expect(statSync(join(folder, 'token-signing.key')).mode & 0o777).toBe(0o600);
    expect([...readFileSync(join(folder, 'token-signing.key'))]).toEqual([...key]);
  });
});
