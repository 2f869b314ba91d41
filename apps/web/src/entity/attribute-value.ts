import type { JsonValue } from '../api/wire.js';

/** How a person writes the value of an attribute. */
export const attributeKinds = [
  { value: 'text', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'boolean', label: 'Yes or no' },
  { value: 'json', label: 'JSON' },
] as const;
export type AttributeKind = (typeof attributeKinds)[number]['value'];

export function kindOf(value: JsonValue): AttributeKind {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'json';
}

/** The value that was written, or what is wrong with it. */
export function readAttribute(kind: AttributeKind, text: string): { readonly value: JsonValue } | { readonly fault: string } {
  if (kind === 'text') return { value: text };
  if (kind === 'boolean') return { value: text === 'true' };
  if (kind === 'number') {
    const value = Number(text);
    return text.trim() === '' || !Number.isFinite(value) ? { fault: 'Enter a number, such as 21.5.' } : { value };
  }
  try {
    return { value: JSON.parse(text) as JsonValue };
  } catch {
    return { fault: 'This is not valid JSON. Texts and names stand in double quotes.' };
  }
}
