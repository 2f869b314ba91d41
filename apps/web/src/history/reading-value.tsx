import { Button } from '@mantine/core';
import type { Reading } from '../api/telemetry-api.js';
import { VALUE_CHARACTERS_SHOWN } from './limits.js';

interface Props {
  readonly reading: Reading;
  readonly onShow: (reading: Reading) => void;
}

/** A value in a row of the table. Long ones are cut, with the way to the whole; so are JSON values, which are easier to read in lines. */
export function ReadingValue({ reading, onShow }: Props) {
  const { value } = reading;
  const isJson = /^[[{]/.test(value);
  const isLong = value.length > VALUE_CHARACTERS_SHOWN;
  return (
    <span className={isJson ? 'fl-mono' : 'fl-numeric'} style={{ overflowWrap: 'anywhere', ...(isJson ? { fontSize: 12 } : {}) }}>
      {value === '' ? '(empty text)' : isLong ? `${value.slice(0, VALUE_CHARACTERS_SHOWN)}…` : value}
      {(isJson || isLong) && (
        <Button size="compact-xs" variant="subtle" ml={6} onClick={() => onShow(reading)}>
          {isLong ? `Show all ${value.length.toLocaleString()} characters` : 'Show in lines'}
        </Button>
      )}
    </span>
  );
}
