import { SECRET_MISSING, SECRET_SET } from '@fieldline/model';
import { ActionIcon, PasswordInput, TextInput, Textarea, Tooltip } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import type { ReactNode } from 'react';

export interface SecretInputProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** For texts of several lines, such as a key in PEM. */
  readonly isLong?: boolean;
  readonly label?: ReactNode;
  readonly 'aria-label'?: string;
  readonly description?: string | undefined;
  readonly error?: string | undefined;
  readonly size?: 'xs';
  readonly flex?: number;
}

/** A secret: the server says only that it is set, so it can be replaced but not read. Undo brings the stored one back. */
export function SecretInput({ value, onChange, isLong = false, ...frame }: SecretInputProps) {
  const name = typeof frame.label === 'string' ? frame.label : (frame['aria-label'] ?? 'secret');
  if (value === SECRET_SET) {
    const replace = (
      <Tooltip label="Replace">
        <ActionIcon variant="subtle" size="sm" aria-label={`Replace ${name}`} onClick={() => onChange('')}>
          <IconPencil size={14} />
        </ActionIcon>
      </Tooltip>
    );
    return <TextInput {...frame} readOnly value="Set, not shown" rightSection={replace} />;
  }
  const text = value === SECRET_MISSING ? '' : value;
  if (isLong) return <Textarea {...frame} autosize minRows={2} maxRows={10} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
  return <PasswordInput {...frame} autoComplete="new-password" value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
}
