import { useReactFlow } from '@xyflow/react';
import { wireId } from './canvas/view.js';
import { useEditor, useEditorStore } from './editor-context.js';
import { ProblemLine } from './problem-line.js';
import styles from './problems-dock.module.css';
import type { Complaint } from './problems.js';

/** Everything that is wrong with the draft; a click goes to the place. */
export function ProblemsDock() {
  const store = useEditorStore();
  const problems = useEditor((state) => state.problems);
  const flow = useReactFlow();
  const show = ({ nodeId, connection }: Complaint) => {
    if (connection !== undefined) store.getState().select({ wires: new Set([wireId(connection.fromId, connection.toId)]) });
    else if (nodeId !== undefined) store.getState().select({ nodes: new Set([nodeId]) });
    if (nodeId !== undefined) void flow.fitView({ nodes: [{ id: nodeId }], maxZoom: 1, padding: 0.6, duration: 200 });
  };
  return (
    <section className={styles.root} aria-label="Problems">
      {problems.length === 0 ? (
        <p className={styles.none}>No problems: this chain can be deployed.</p>
      ) : (
        <ul className={styles.list}>
          {problems.map((problem, index) => (
            <li key={index}>
              <button type="button" className={styles.item} onClick={() => show(problem)}>
                <ProblemLine problem={problem} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
