import * as z from 'zod';
import { objectOf } from './envelope.js';

const authCommandSchema = z.object({ cmdId: z.number().nullish(), token: z.string().nullish(), apiKey: z.string().nullish() });
const authEnvelopeSchema = z.object({ authCmd: authCommandSchema.nullish() });

/** What a socket shows to prove who opened it. */
export type LiveCredential = { readonly token: string } | { readonly apiKey: string };

/**
 * Who sends the first message of `/api/ws`, whatever else is in it: a command that cannot be read is answered by
 * an error frame and does not keep its sender from signing in.
 */
export function parseLiveAuth(text: string): LiveCredential | 'unreadable' | 'missing' {
  const parsed = authEnvelopeSchema.safeParse(objectOf(text));
  if (!parsed.success) return 'unreadable';
  const { authCmd } = parsed.data;
  if (authCmd === undefined || authCmd === null) return 'missing';
  const { token, apiKey } = authCmd;
  // The key wins where both are given.
  return apiKey === undefined || apiKey === null || apiKey === '' ? { token: token ?? '' } : { apiKey };
}
