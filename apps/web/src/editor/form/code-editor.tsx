import { useComputedColorScheme } from '@mantine/core';
import { javascript } from '@codemirror/lang-javascript';
import CodeMirror, { EditorView, type Extension, Prec } from '@uiw/react-codemirror';
import { useMemo } from 'react';

interface Props {
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** Above the themes of CodeMirror: on their lighter grounds the comments of the dark one are too faint to read. */
const look = Prec.highest(
  EditorView.theme({
    '&': { fontSize: '12.5px', border: '1px solid var(--fl-border)', borderRadius: '6px', backgroundColor: 'var(--fl-surface-sunken)' },
    '&.cm-focused': { outline: '2px solid var(--fl-accent)', outlineOffset: '1px' },
    '.cm-scroller': { fontFamily: 'var(--fl-mono)', lineHeight: '1.6' },
    '.cm-gutters': { backgroundColor: 'transparent', borderRight: '1px solid var(--fl-border)' },
    '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--fl-text)' },
    '.cm-content': { padding: '8px 0' },
  }),
);

/** A script in CodeMirror. Tab indents; Escape then Tab leaves the field. */
export function CodeEditor({ label, text, onChange }: Props) {
  const scheme = useComputedColorScheme();
  const extensions = useMemo<Extension[]>(
    () => [javascript(), look, EditorView.lineWrapping, EditorView.contentAttributes.of({ 'aria-label': label })],
    [label],
  );
  return (
    <CodeMirror
      value={text}
      onChange={onChange}
      theme={scheme}
      extensions={extensions}
      minHeight="140px"
      maxHeight="460px"
      basicSetup={{ foldGutter: false }}
    />
  );
}
