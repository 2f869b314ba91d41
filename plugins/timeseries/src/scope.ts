import { attributeScopes, type AttributeScope, type Message } from '@fieldline/plugin-sdk';
import { saveErrors } from './errors.js';

/**
 * The scope a message is about: its metadata key `scope`, else that of the settings.
 *
 * @throws SAVE_SCOPE_INVALID
 */
export function scopeOf({ metadata }: Message, fallback: AttributeScope): AttributeScope {
  const scope = metadata['scope'];
  if (scope === undefined || scope === '') return fallback;
  const known = attributeScopes.find((name) => name === scope);
  if (known === undefined) throw saveErrors.SCOPE_INVALID({ scope });
  return known;
}
