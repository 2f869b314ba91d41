import { Group, Loader, SegmentedControl, Text } from '@mantine/core';
import { Suspense, lazy } from 'react';
import type { JsonObject } from '../../api/wire.js';
import type { ScriptMembers } from './schema.js';
import styles from './script-field.module.css';

// CodeMirror is larger than the rest of the editor, so it is fetched with the first script that is opened.
const CodeEditor = lazy(async () => ({ default: (await import('./code-editor.js')).CodeEditor }));

interface Props {
  readonly value: JsonObject;
  readonly members: ScriptMembers;
  readonly onChange: (changes: JsonObject) => void;
}

const languages = [
  { value: 'JS', label: 'JavaScript' },
  { value: 'TBEL', label: 'TBEL' },
];

/** A script with its language. Each language keeps its own text, as ThingsBoard keeps them. */
export function ScriptField({ value, members: { javascript, tbel }, onChange }: Props) {
  const isTbel = tbel !== undefined && value['scriptLang'] === 'TBEL';
  const member = isTbel ? tbel : javascript;
  const text = value[member];
  return (
    <div className={styles.root}>
      <Group justify="space-between" mb={6}>
        <Text size="xs" fw={500}>
          Script
        </Text>
        {tbel !== undefined && (
          <SegmentedControl
            size="xs"
            data={languages}
            value={isTbel ? 'TBEL' : 'JS'}
            onChange={(language) => onChange({ scriptLang: language })}
            aria-label="Language of the script"
          />
        )}
      </Group>
      <p className={styles.signature}>function (msg, metadata, msgType) {'{'}</p>
      <Suspense fallback={<Loader size="sm" m="md" aria-label="Loading the code editor" />}>
        <CodeEditor key={member} label="Script" text={typeof text === 'string' ? text : ''} onChange={(next) => onChange({ [member]: next })} />
      </Suspense>
      <p className={styles.signature}>{'}'}</p>
    </div>
  );
}
