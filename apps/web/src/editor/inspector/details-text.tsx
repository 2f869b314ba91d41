import { Code } from '@mantine/core';
import { type DetailsBlock, detailsBlocks, detailsSpans } from './details-blocks.js';
import styles from './inspector.module.css';

/** Documentation of a node kind: the few parts of Markdown that it uses; everything else, HTML too, is shown as written. */
export function DetailsText({ text }: { text: string }) {
  return (
    <div className={styles.details}>
      {detailsBlocks(text).map((block, index) => (
        <Block key={index} block={block} />
      ))}
    </div>
  );
}

function Block({ block }: { block: DetailsBlock }) {
  switch (block.kind) {
    case 'code':
      return <Code block>{block.text}</Code>;
    case 'paragraph':
      return (
        <p>
          <Inline text={block.text} />
        </p>
      );
    case 'list':
      return (
        <ul>
          {block.items.map((item, index) => (
            <li key={index}>
              <Inline text={item} />
            </li>
          ))}
        </ul>
      );
    case 'table':
      return <Table head={block.head} rows={block.rows} />;
  }
}

function Table({ head, rows }: { head: readonly string[]; rows: readonly (readonly string[])[] }) {
  return (
    <table>
      <thead>
        <tr>
          {head.map((cell, index) => (
            <th key={index} scope="col">
              <Inline text={cell} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, index) => (
          <tr key={index}>
            {cells.map((cell, column) => (
              <td key={column}>
                <Inline text={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Inline({ text }: { text: string }) {
  return detailsSpans(text).map(({ kind, text: words }, index) => {
    if (kind === 'code') return <Code key={index}>{words}</Code>;
    if (kind === 'strong') return <strong key={index}>{words}</strong>;
    return kind === 'emphasis' ? <em key={index}>{words}</em> : words;
  });
}
