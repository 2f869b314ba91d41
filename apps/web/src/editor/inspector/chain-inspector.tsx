import { useEditor } from '../editor-context.js';
import styles from './inspector.module.css';

const keys = [
  ['A', 'add a node'],
  ['Arrows', 'go to the next node'],
  ['Enter', 'open the settings'],
  ['Ctrl+Z · Ctrl+Y', 'undo · redo'],
  ['Ctrl+C · X · V', 'copy, cut, paste'],
  ['Ctrl+D', 'duplicate'],
  ['Ctrl+A', 'select all'],
  ['Ctrl+Arrows', 'move'],
  ['Shift+drag', 'select an area'],
  ['Del', 'delete'],
  ['L', 'tidy'],
  ['1 · 0', 'fit all · 100 %'],
  ['Ctrl+S', 'deploy'],
] as const;

/** The chain itself, while nothing of it is selected. */
export function ChainInspector({ name, isRoot }: { name: string; isRoot: boolean }) {
  const nodeCount = useEditor((state) => state.draft.nodes.size);
  const connectionCount = useEditor((state) => state.draft.connections.size);
  return (
    <aside className={styles.root} aria-label="Rule chain">
      <header className={styles.head}>
        <h2 className={styles.headTitle} style={{ gridColumn: '1 / -1' }}>
          {name}
        </h2>
        <span className={styles.headKind} style={{ gridColumn: '1 / -1' }}>
          {nodeCount} {nodeCount === 1 ? 'node' : 'nodes'}, {connectionCount} {connectionCount === 1 ? 'connection' : 'connections'}
        </span>
      </header>
      <div className={styles.body}>
        <section className={styles.part}>
          <p className={styles.details} style={{ margin: 0 }}>
            {isRoot
              ? 'The root rule chain: messages of every device enter here unless their device profile names another chain.'
              : 'Messages enter when a device profile names this chain, or another chain calls it.'}
          </p>
        </section>
        <section className={styles.part} aria-label="Keys">
          <h3 className={styles.partTitle}>Keys on the canvas</h3>
          <dl className={styles.keys}>
            {keys.map(([key, what]) => (
              <div key={key} style={{ display: 'contents' }}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </aside>
  );
}
