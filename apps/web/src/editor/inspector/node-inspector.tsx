import { ActionIcon, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { deleteSelection } from '../canvas/canvas-actions.js';
import { CategoryIcon } from '../canvas/category-icon.js';
import { categories } from '../catalogue.js';
import { isDebugged } from '../document/debug-settings.js';
import { useEditor, useEditorStore } from '../editor-context.js';
import styles from './inspector.module.css';
import { NodeEvents } from './node-events.js';
import { NodeFigures } from './node-figures.js';
import { NodeSettings } from './node-settings.js';
import { type NodeTab, NodeTabs } from './node-tabs.js';

interface Props {
  readonly nodeKey: string;
  readonly ruleChainId: string;
  readonly tab: NodeTab;
  readonly onTab: (tab: NodeTab) => void;
  readonly firstField: RefObject<HTMLInputElement | null>;
}

/** One node: its settings, what happened at it, and what of it is recorded. */
export function NodeInspector({ nodeKey, ruleChainId, tab, onTab, firstField }: Props) {
  const store = useEditorStore();
  const node = useEditor((state) => state.draft.nodes.get(nodeKey));
  const kind = useEditor((state) => state.catalogue.byType.get(state.draft.nodes.get(nodeKey)?.type ?? ''));
  if (node === undefined) return null;
  return (
    <aside className={styles.root} aria-label={`Node ${node.number}, ${node.name}`}>
      <header className={styles.head}>
        <CategoryIcon category={kind?.category} />
        <h2 className={styles.headTitle}>
          #{node.number} {node.name}
        </h2>
        <Tooltip label="Delete (Del)">
          <ActionIcon aria-label="Delete the node" onClick={() => deleteSelection(store)}>
            <IconTrash size={17} />
          </ActionIcon>
        </Tooltip>
        <span className={styles.headKind}>
          {kind === undefined ? 'Not installed' : `${kind.title} · ${categories.find(({ type }) => type === kind.category)?.name ?? ''}`}
        </span>
      </header>
      <NodeTabs
        tab={tab}
        onTab={onTab}
        isDebugged={isDebugged(node, Date.now())}
        settings={<NodeSettings node={node} kind={kind} firstField={firstField} />}
        figures={<NodeFigures ruleChainId={ruleChainId} node={node} />}
        events={<NodeEvents node={node} />}
      />
    </aside>
  );
}
