import type { TypedValue } from './value.js';

/** Who writes an attribute and who may read it: the device writes `client`, `server` is never shown to it. */
export const attributeScopes = ['CLIENT_SCOPE', 'SHARED_SCOPE', 'SERVER_SCOPE'] as const;
export type AttributeScope = (typeof attributeScopes)[number];

/** A named value of an entity without history. */
export interface Attribute extends TypedValue {
  readonly key: string;
  readonly lastUpdateMs: number;
}
