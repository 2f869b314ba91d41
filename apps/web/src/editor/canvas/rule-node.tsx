import { Handle, type NodeProps, Position, useStore } from '@xyflow/react';
import { IconAlertOctagonFilled, IconAlertTriangleFilled, IconBug, IconLogin2 } from '@tabler/icons-react';
import { memo } from 'react';
import { isDebugged } from '../document/debug-settings.js';
import { CategoryIcon, colourOf } from './category-icon.js';
import { nodeSubtitle } from './node-subtitle.js';
import styles from './rule-node.module.css';
import type { InputFlowNode, RuleFlowNode } from './view.js';

/** Below this zoom a node is a coloured block: text would be too small to read. */
const blockZoom = 0.3;

/** A rule node on the canvas. Its size is fixed (view.ts), so that thousands need no measuring. */
export const RuleNodeView = memo(function RuleNodeView({ data, selected }: NodeProps<RuleFlowNode>) {
  const isFar = useStore((state) => state.transform[2] < blockZoom);
  const { node, kind, level, traced } = data;
  const style = { '--category': colourOf(kind?.category) } as React.CSSProperties;
  const handles = (
    <>
      {kind?.hasInput !== false && <Handle type="target" position={Position.Left} className={styles.handle ?? ''} />}
      {kind?.hasOutput !== false && <Handle type="source" position={Position.Right} className={styles.handle ?? ''} />}
    </>
  );
  if (isFar) {
    return (
      <div className={styles.block} style={style} data-selected={selected} data-level={level} data-traced={traced}>
        {handles}
        {node.number}
      </div>
    );
  }
  return (
    <div className={styles.root} style={style} data-selected={selected} data-level={level} data-traced={traced}>
      {handles}
      <CategoryIcon category={kind?.category} />
      <div className={styles.words}>
        <div className={styles.name}>{node.name === '' ? 'Unnamed' : node.name}</div>
        <div className={styles.subtitle}>{nodeSubtitle(node, kind)}</div>
      </div>
      <div className={styles.side}>
        <span>{node.number}</span>
        <span className={styles.state}>
          {isDebugged(node, Date.now()) && <IconBug size={14} className={styles.debug ?? ''} aria-label="Its messages are recorded" />}
          {data.isChanged && <span className={styles.changed} title="Changed since it was deployed" />}
          {level === 'error' && <IconAlertOctagonFilled size={14} className={styles.error ?? ''} aria-label={`${data.problemCount} problems`} />}
          {level === 'warning' && <IconAlertTriangleFilled size={14} className={styles.warning ?? ''} aria-label={`${data.problemCount} warnings`} />}
        </span>
      </div>
    </div>
  );
});

/** Where messages enter the chain. */
export const InputPointView = memo(function InputPointView(_: NodeProps<InputFlowNode>) {
  return (
    <div className={styles.input}>
      <IconLogin2 size={15} aria-hidden />
      Input
      <Handle type="source" position={Position.Right} className={styles.handle ?? ''} />
    </div>
  );
});
