import { unsubscribeCommandSchema } from '@fieldline/api-contract';
import type { CommandBody, CommandKind } from './command-kind.js';

/** A command that ends whatever of version 2 has its id, silently (websocket-api.md §10). */
export function unsubscribeKind(type: string): CommandKind<CommandBody> {
  return { type, schema: unsubscribeCommandSchema, version: 2, endsBy: () => 'id', open: () => Promise.resolve(undefined) };
}
