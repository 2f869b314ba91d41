import * as z from 'zod';
import type { TlsMaterial } from '../services/index.js';

/** Longest PEM text: a chain of certificates fits many times over. */
const PEM_LENGTH_MAX = 100_000;

const pem = (purpose: string) => z.string().max(PEM_LENGTH_MAX).nullish().describe(`${purpose}, as a PEM text.`);
const password = z.string().max(10_000).nullish().describe('Password of the user, or of the private key.').meta({ secret: true });
const username = z.string().max(1_000).nullish().describe('Name to sign in with.');

/** How a node proves itself, as ThingsBoard writes it: nothing, a name and a password, or a certificate. File names are for the editor alone. */
export const credentials = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('anonymous') }),
    z.object({ type: z.literal('basic'), username, password }),
    z.object({
      type: z.literal('cert.PEM'),
      caCert: pem('Certificate of who vouches for the other side'),
      cert: pem('Certificate of the node'),
      privateKey: pem('Private key of that certificate').meta({ secret: true }),
      password,
    }),
  ])
  .nullish()
  .transform((value) => value ?? ({ type: 'anonymous' } as const))
  .describe('How the node signs in: not at all, with a name and a password, or with a certificate (PEM texts).')
  .meta({ title: 'Credentials' });

export type Credentials = z.output<typeof credentials>;

/** The certificates of the credentials; undefined where there are none. */
export function tlsOf(given: Credentials): TlsMaterial | undefined {
  if (given.type !== 'cert.PEM') return undefined;
  return {
    ca: textOf(given.caCert),
    cert: textOf(given.cert),
    key: textOf(given.privateKey),
    passphrase: textOf(given.password),
  };
}

const textOf = (value: string | null | undefined): string | undefined => (value === null || value === '' ? undefined : value);
