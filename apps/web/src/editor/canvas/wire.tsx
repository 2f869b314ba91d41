import { BaseEdge, EdgeLabelRenderer, type EdgeProps, useStore } from '@xyflow/react';
import { memo } from 'react';
import { useEditorStore } from '../editor-context.js';
import { isFailure } from '../relations.js';
import type { FlowWire } from './view.js';
import styles from './wire.module.css';
import { wirePath } from './wire-path.js';

/** Below this zoom relations are not written: they could not be read. */
const chipZoom = 0.5;

/** Relations that are written out; the others are a number. */
const chipsMax = 2;

/** All connections from one node to another: one line, with a chip per relation. */
export const WireView = memo(function WireView({ id, data, selected, ...ends }: EdgeProps<FlowWire>) {
  const store = useEditorStore();
  const isFar = useStore((state) => state.transform[2] < chipZoom);
  const relations = data?.relations ?? [];
  const { path, labelX, labelY, labelWidth } = wirePath(ends, data?.bend ?? 'source');
  const isOnlyFailure = relations.length > 0 && relations.every(isFailure);
  const shown = relations.length > chipsMax + 1 ? relations.slice(0, chipsMax) : relations;
  const rest = relations.length - shown.length;
  return (
    <>
      <BaseEdge
        path={path}
        interactionWidth={isFar ? 0 : 18}
        className={styles.path ?? ''}
        data-selected={selected}
        data-failure={isOnlyFailure}
        data-traced={data?.isTraced}
      />
      {!isFar && relations.length > 0 && (
        <EdgeLabelRenderer>
          <div
            className={`${styles.chips ?? ''} nodrag nopan`}
            data-selected={selected}
            style={{ maxWidth: labelWidth, transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
            onClick={() => store.getState().select({ wires: new Set([id]) })}
          >
            {shown.map((relation) => (
              <span key={relation} className={styles.chip} title={relation}>
                {relation}
              </span>
            ))}
            {rest > 0 && (
              <span className={styles.chip} title={relations.slice(shown.length).join(', ')}>
                +{rest}
              </span>
            )}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
