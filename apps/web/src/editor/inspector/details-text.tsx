import { Code } from '@mantine/core';
import { Fragment } from 'react';
import styles from './inspector.module.css';

/** Documentation of a node kind: paragraphs, list items and code of its Markdown; everything else is shown as written. */
export function DetailsText({ text }: { text: string }) {
  // Every second part is what stood between fences.
  const parts = text.trim().split(/^```\w*\n([\s\S]*?)\n```$/m);
  return (
    <div className={styles.details}>
      {parts.map((part, index) =>
        index % 2 === 1 ? (
          <Code key={index} block>
            {part}
          </Code>
        ) : (
          <Blocks key={index} text={part} />
        ),
      )}
    </div>
  );
}

function Blocks({ text }: { text: string }) {
  const blocks = text.split(/\n\s*\n/).filter((block) => block.trim() !== '');
  return (
    <>
      {blocks.map((block, index) =>
        isList(block) ? (
          <ul key={index}>
            {block.split(/\n(?=\s*[-*] )/).map((item, place) => (
              <li key={place}>
                <Inline text={item.replace(/^\s*[-*] /, '')} />
              </li>
            ))}
          </ul>
        ) : (
          <p key={index}>
            <Inline text={block} />
          </p>
        ),
      )}
    </>
  );
}

function isList(block: string): boolean {
  return /^\s*[-*] /.test(block);
}

function Inline({ text }: { text: string }) {
  const parts = text.replaceAll('\n', ' ').replaceAll('**', '').split('`');
  return parts.map((part, index) => (index % 2 === 1 ? <Code key={index}>{part}</Code> : <Fragment key={index}>{part}</Fragment>));
}
