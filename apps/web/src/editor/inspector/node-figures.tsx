import type { WireLedger } from '@fieldline/api-contract';
import { Alert, Box, Skeleton, Text } from '@mantine/core';
import { TimeAgo } from '../../ui/time-ago.js';
import { durationText } from '../../traces/trace-words.js';
import type { ChainNode } from '../document/chain-document.js';
import { useEditor } from '../editor-context.js';
import inspector from './inspector.module.css';
import styles from './node-figures.module.css';
import { useLedger } from './use-ledger.js';

type Figures = WireLedger['nodes'][number];

/** What happened at a node since it was deployed, live. */
export function NodeFigures({ ruleChainId, node }: { ruleChainId: string; node: ChainNode }) {
  const serverId = useEditor((state) => state.deployed.serverIds.get(node.key));
  const { ledger, isLost, error } = useLedger(ruleChainId);
  if (serverId === undefined) return <Note>The node counts from its first deploy on.</Note>;
  if (error !== undefined) return <Note>{error}</Note>;
  if (ledger === undefined)
    return (
      <Box p={14}>
        <Skeleton height={160} />
      </Box>
    );
  const figures = ledger?.nodes.find(({ nodeId }) => nodeId === serverId);
  if (ledger === null || figures === undefined) return <Note>The rule chain does not run, so there is nothing to count.</Note>;
  return (
    <>
      {!figures.isActive && (
        <Alert color="red" p="xs" m={14}>
          The node could not start: its messages fail. The log of the server says why.
        </Alert>
      )}
      <Totals figures={figures} />
      <Relations figures={figures} />
      <Text size="xs" c="dimmed" px={14} py="sm" role="status">
        {isLost ? (
          'The connection is lost: these are the last figures that came.'
        ) : (
          <>
            Counted since <TimeAgo tsMs={ledger.sinceTime} />.
          </>
        )}
      </Text>
    </>
  );
}

function Note({ children }: { children: string }) {
  return (
    <Text size="sm" c="dimmed" p={14}>
      {children}
    </Text>
  );
}

/** Counts and times; those that are zero for most nodes are left out while they are. */
function Totals({ figures: { received, failed, handedOver, resumed, ended, time } }: { figures: Figures }) {
  const waiting = handedOver - resumed;
  const rows: [string, string][] = [
    ['Received', count(received)],
    ['Failed for good', count(failed)],
    ...Object.entries(ended).map(([reason, many]): [string, string] => [`Ended: ${reason}`, count(many)]),
    ...(handedOver === 0
      ? []
      : ([
          ['Handed over', count(handedOver)],
          ['Of those waiting', count(waiting)],
        ] satisfies [string, string][])),
    ['Half took at most', timeText(time.p50Us)],
    ['19 of 20 took at most', timeText(time.p95Us)],
  ];
  return (
    <section className={inspector.part} aria-label="Figures">
      <dl className={styles.figures}>
        {rows.map(([name, value]) => (
          <div key={name} className={styles.figure}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Relations({ figures: { relations } }: { figures: Figures }) {
  return (
    <section className={inspector.part} aria-label="What left">
      <h3 className={inspector.partTitle}>What left, by relation</h3>
      {relations.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing yet.
        </Text>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Relation</th>
              <th scope="col">Left</th>
              <th scope="col">95 % within</th>
            </tr>
          </thead>
          <tbody>
            {relations.map(({ relationType, left, unconnected, time }) => (
              <tr key={relationType}>
                <th scope="row">
                  {relationType}
                  {unconnected > 0 && <span className={styles.lost}>{count(unconnected)} led nowhere</span>}
                </th>
                <td>{count(left)}</td>
                <td>{timeText(time.p95Us)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function count(many: number): string {
  return many.toLocaleString('en');
}

function timeText(us: number | null): string {
  return us === null ? '–' : durationText(us);
}
