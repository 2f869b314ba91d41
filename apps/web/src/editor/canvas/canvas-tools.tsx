import { ActionIcon, Tooltip } from '@mantine/core';
import { useReactFlow } from '@xyflow/react';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconLayoutDistributeVertical,
  IconMap,
  IconMaximize,
  IconMinus,
  IconPlus,
  type Icon,
} from '@tabler/icons-react';
import { useEditor, useEditorStore } from '../editor-context.js';
import styles from './canvas.module.css';

interface Props {
  readonly onTidy: () => void;
  readonly isMapShown: boolean;
  readonly onToggleMap: () => void;
}

export function CanvasTools({ onTidy, isMapShown, onToggleMap }: Props) {
  const store = useEditorStore();
  const flow = useReactFlow();
  const undoLabel = useEditor((state) => state.history.undoable.at(-1)?.label);
  const redoLabel = useEditor((state) => state.history.redoable.at(-1)?.label);
  const isEmpty = useEditor((state) => state.draft.nodes.size === 0);
  return (
    <div className={styles.tools} role="toolbar" aria-label="Canvas">
      <Tool
        icon={IconArrowBackUp}
        label={undoLabel === undefined ? 'Nothing to undo' : `Undo: ${undoLabel} (Ctrl+Z)`}
        isOff={undoLabel === undefined}
        onClick={() => store.getState().undo()}
      />
      <Tool
        icon={IconArrowForwardUp}
        label={redoLabel === undefined ? 'Nothing to redo' : `Redo: ${redoLabel} (Ctrl+Y)`}
        isOff={redoLabel === undefined}
        onClick={() => store.getState().redo()}
      />
      <Tool icon={IconLayoutDistributeVertical} label="Tidy (L)" isOff={isEmpty} onClick={onTidy} />
      <Tool icon={IconMinus} label="Zoom out (−)" onClick={() => void flow.zoomOut()} />
      <Tool icon={IconPlus} label="Zoom in (+)" onClick={() => void flow.zoomIn()} />
      <Tool icon={IconMaximize} label="Fit all (1)" onClick={() => void flow.fitView({ padding: 0.15, maxZoom: 1.25 })} />
      <Tool icon={IconMap} label={isMapShown ? 'Hide the map (M)' : 'Show the map (M)'} onClick={onToggleMap} />
    </div>
  );
}

interface ToolProps {
  readonly icon: Icon;
  readonly label: string;
  readonly isOff?: boolean;
  readonly onClick: () => void;
}

function Tool({ icon: ToolIcon, label, isOff = false, onClick }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} disabled={isOff} onClick={onClick} size={30}>
        <ToolIcon size={17} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}
