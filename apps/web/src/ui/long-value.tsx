import { Button } from '@mantine/core';

/** Characters of a value in a table; the whole value is one click away. */
const CHARACTERS_SHOWN = 240;

interface Props {
  readonly value: string;
  /** What the value is of, for those who hear the button without the row. */
  readonly of: string;
  readonly onShow: () => void;
}

/** A value in a row of a table. Long ones are cut, with the way to the whole; so are JSON values, which are easier to read in lines. */
export function LongValue({ value, of, onShow }: Props) {
  const isJson = /^[[{]/.test(value);
  const isLong = value.length > CHARACTERS_SHOWN;
  const action = isLong ? `Show all ${value.length.toLocaleString()} characters` : 'Show in lines';
  return (
    <span className={isJson ? 'fl-mono' : 'fl-numeric'} style={{ overflowWrap: 'anywhere', ...(isJson ? { fontSize: 12 } : {}) }}>
      {value === '' ? '(empty text)' : isLong ? `${value.slice(0, CHARACTERS_SHOWN)}…` : value}
      {(isJson || isLong) && (
        <Button size="compact-xs" variant="subtle" ml={6} aria-label={`${action} of ${of}`} onClick={onShow}>
          {action}
        </Button>
      )}
    </span>
  );
}
