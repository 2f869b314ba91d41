import styles from './alarm-drawer.module.css';
import { detailsOf } from './alarm-state.js';

/** What the rule chain wrote about the alarm, key by key. */
export function AlarmDetails({ details }: { details: unknown }) {
  const lines = detailsOf(details);
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="alarm-details">
      <h3 id="alarm-details" className={styles.heading}>
        Details
      </h3>
      <dl className={styles.list}>
        {lines.map(({ name, text, isBlock }) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt className="fl-mono">{name}</dt>
            <dd className="fl-numeric">
              {isBlock ? (
                <pre className={styles.block} tabIndex={0} aria-label={name}>
                  {text}
                </pre>
              ) : (
                text
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
