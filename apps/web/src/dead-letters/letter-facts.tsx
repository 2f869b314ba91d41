import { Alert, Text } from '@mantine/core';
import { IconAlertOctagon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { DeadLetter } from '../api/engine-api.js';
import { engineQueries } from '../api/engine-queries.js';
import { OriginatorName } from '../entities/originator-name.js';
import { Fact, Instant } from '../ui/facts.js';
import styles from './letter-drawer.module.css';

/** What went wrong, where, and with a message about what. */
export function LetterFacts({ letter, chainName }: { letter: DeadLetter; chainName: string }) {
  const { code, error, remedy, ruleChainId, message, failedTime, traceId } = letter;
  return (
    <section aria-label="Failure" className={styles.part}>
      <Alert color="red" icon={<IconAlertOctagon size={18} />} title={<span className={styles.code}>{code}</span>}>
        <span className={styles.error}>{error === '' ? 'The rule node gave no reason.' : error}</span>
      </Alert>
      {remedy !== null && <Text size="sm">{remedy}</Text>}
      <Text size="sm" c="dimmed">
        Mend the cause, then replay the message. With a “Failure” connection at the node, messages like it go that way instead of coming here.
      </Text>
      <dl className={styles.list}>
        <Fact name="Rule chain">{ruleChainId === null ? chainName : <Link to={`/rule-chains/${ruleChainId}`}>{chainName}</Link>}</Fact>
        <Fact name="Rule node">
          <NodeName letter={letter} />
        </Fact>
        <Fact name="About">
          <OriginatorName originator={message.originator} />
        </Fact>
        <Fact name="Failed">
          <Instant tsMs={failedTime} />
        </Fact>
        <Fact name="Created">
          <Instant tsMs={message.ts} />
        </Fact>
        <Fact name="Path">
          <Link to={`/traces/${traceId}`}>Show where it went</Link>
        </Fact>
      </dl>
    </section>
  );
}

/** The node by its name, as the chain has it now. */
function NodeName({ letter: { ruleChainId, ruleNodeId } }: { letter: DeadLetter }) {
  const nodes = useQuery({ ...engineQueries.chainNodes(ruleChainId ?? ''), enabled: ruleChainId !== null && ruleNodeId !== null });
  if (ruleNodeId === null || ruleChainId === null) return 'It came to none';
  if (nodes.isPending) return 'Loading…';
  const node = nodes.data?.find(({ id }) => id?.id === ruleNodeId);
  return node === undefined ? 'A node that is gone' : <Link to={`/rule-chains/${ruleChainId}?node=${ruleNodeId}`}>{node.name}</Link>;
}
