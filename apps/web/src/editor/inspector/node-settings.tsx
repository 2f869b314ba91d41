import { Alert, Button, Stack, TextInput, Textarea } from '@mantine/core';
import type { RefObject } from 'react';
import { type NodeKind } from '../catalogue.js';
import type { ChainNode } from '../document/chain-document.js';
import { type NodeFields, editNode, setFirstNode } from '../document/edits.js';
import { useEditor, useEditorStore } from '../editor-context.js';
import { SettingsForm } from '../form/settings-form.js';
import { ProblemLine } from '../problem-line.js';
import { DetailsText } from './details-text.js';
import styles from './inspector.module.css';
import { QueueField } from './queue-field.js';
import { WaysOut } from './ways-out.js';

/** The one kind whose name is more than a label. */
const outputType = 'org.thingsboard.rule.engine.flow.TbRuleChainOutputNode';

interface Props {
  readonly node: ChainNode;
  readonly kind: NodeKind | undefined;
  readonly firstField: RefObject<HTMLInputElement | null>;
}

/** Everything of a node that can be changed, what is wrong with it, and what its kind is for. */
export function NodeSettings({ node, kind, firstField }: Props) {
  const store = useEditorStore();
  const { key } = node;
  const isFirst = useEditor((state) => state.draft.firstNode === key);
  const edit = (fields: NodeFields, field: string) => store.getState().edit((draft) => editNode(draft, key, fields, field));
  return (
    <>
      <NodeProblems nodeKey={key} />
      <General node={node} isOutput={kind?.type === outputType} firstField={firstField} onEdit={edit} />
      <section className={styles.part} aria-label="Settings">
        <h3 className={styles.partTitle}>Settings</h3>
        {kind === undefined && (
          <Alert color="orange" p="xs" mb="sm">
            {node.type} is not installed here. Its settings are kept as they are, and its messages fail.
          </Alert>
        )}
        <SettingsForm
          key={node.type}
          schema={kind?.schema}
          value={node.configuration}
          hasOthers={kind?.hasQueue === true}
          onChange={(configuration, field) => edit({ configuration }, field)}
        />
        {kind?.hasQueue === true && <QueueField value={node.queueName} onChange={(queueName) => edit({ queueName }, 'queue')} />}
      </section>
      {kind?.hasOutput !== false && (
        <section className={styles.part} aria-label="Ways out">
          <h3 className={styles.partTitle}>Ways out</h3>
          <WaysOut nodeKey={key} kind={kind} />
        </section>
      )}
      {!isFirst && kind?.hasInput !== false && (
        <section className={styles.part}>
          <Button size="compact-sm" variant="default" onClick={() => store.getState().edit((draft) => setFirstNode(draft, key))}>
            Let messages enter here
          </Button>
        </section>
      )}
      {kind !== undefined && <About kind={kind} />}
    </>
  );
}

interface GeneralProps {
  readonly node: ChainNode;
  /** True where the name is also the relation by which messages leave the chain. */
  readonly isOutput: boolean;
  readonly firstField: RefObject<HTMLInputElement | null>;
  readonly onEdit: (fields: NodeFields, field: string) => void;
}

function General({ node, isOutput, firstField, onEdit }: GeneralProps) {
  return (
    <section className={styles.part} aria-label="General">
      <Stack gap="sm">
        <TextInput
          ref={firstField}
          size="xs"
          label="Name"
          value={node.name}
          maxLength={255}
          error={node.name.trim() === '' && nameMissing(isOutput)}
          onChange={(event) => onEdit({ name: event.currentTarget.value }, 'name')}
        />
        <Textarea
          size="xs"
          label="Description"
          placeholder="What it is for, for people"
          autosize
          minRows={1}
          maxRows={6}
          value={node.description}
          onChange={(event) => onEdit({ description: event.currentTarget.value }, 'description')}
        />
      </Stack>
    </section>
  );
}

function nameMissing(isOutput: boolean): string {
  return isOutput
    ? 'Give it a name: it is the relation by which messages return to the chain that called this one.'
    : 'Give it a name: without one nobody can tell the node from others of its kind.';
}

function About({ kind }: { kind: NodeKind }) {
  return (
    <section className={styles.part} aria-label="About this kind of node">
      <h3 className={styles.partTitle}>About “{kind.title}”</h3>
      <DetailsText text={[kind.summary, kind.details].join('\n\n')} />
    </section>
  );
}

function NodeProblems({ nodeKey }: { nodeKey: string }) {
  const problems = useEditor((state) => state.problems);
  const own = problems.filter((problem) => problem.nodeId === nodeKey);
  if (own.length === 0) return null;
  return (
    <section className={styles.part} aria-label="Problems">
      <ul className={styles.problems}>
        {own.map((problem, index) => (
          <li key={index}>
            <ProblemLine problem={problem} />
          </li>
        ))}
      </ul>
    </section>
  );
}
