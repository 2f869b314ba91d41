import { JsonInput } from '@mantine/core';
import { useState } from 'react';
import type { JsonValue } from '../../api/wire.js';

interface Props {
  readonly label: string;
  readonly description?: string | undefined;
  readonly error?: string | undefined;
  readonly value: JsonValue;
  readonly onChange: (value: JsonValue) => void;
}

/** A value as JSON text. What is typed counts as soon as it can be read. */
export function JsonField({ label, description, error, value, onChange }: Props) {
  const [typed, setTyped] = useState<string>();
  const text = typed ?? JSON.stringify(value, null, 2);
  const isReadable = read(text) !== undefined;
  return (
    <JsonInput
      label={label}
      description={description}
      error={isReadable ? error : 'This is not JSON yet; the last readable text is kept.'}
      size="xs"
      autosize
      minRows={3}
      maxRows={16}
      styles={{ input: { fontFamily: 'var(--fl-mono)' } }}
      value={text}
      onChange={(next) => {
        setTyped(next);
        const parsed = read(next);
        if (parsed !== undefined) onChange(parsed.value);
      }}
      onBlur={() => isReadable && setTyped(undefined)}
    />
  );
}

function read(text: string): { value: JsonValue } | undefined {
  try {
    return { value: JSON.parse(text) as JsonValue };
  } catch {
    return undefined;
  }
}
