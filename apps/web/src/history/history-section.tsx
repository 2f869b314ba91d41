import { Skeleton } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { type ReactNode, useMemo, useRef } from 'react';
import { useSearchParams } from 'react-router';
import type { TimeWindow } from '../chart/time-window.js';
import { aggregationOfText, windowOfText } from '../chart/window-address.js';
import { type NamedEntity, nounOf } from '../entity/named-entity.js';
import { type LatestValues, useLatestValues } from '../entity/use-latest-values.js';
import type { LiveFrame } from '../live/frames.js';
import { Card } from '../ui/card.js';
import { LoadFailure } from '../ui/load-failure.js';
import { StateMessage } from '../ui/state-message.js';
import { KeyHistory } from './key-history.js';

interface Props {
  readonly entity: NamedEntity;
  /** What leads to a first reading, where there is none. */
  readonly howToSend: ReactNode;
}

const lastDay: TimeWindow = { kind: 'last', lengthMs: 86_400_000 };

/** The history of one key of an entity. Which one, and of what time, is in the address, so that it can be sent as a link. */
export function HistorySection({ entity, howToSend }: Props) {
  const [params, setParams] = useSearchParams();
  const forward = useRef<(frame: LiveFrame) => void>(() => undefined);
  const { values, error, retry } = useLatestValues(entity, (frame) => forward.current(frame));
  const change = (name: string, value: string) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        after.set(name, value);
        return after;
      },
      { replace: true },
    );
  const range = params.get('range');
  const window = useMemo(() => windowOfText(range) ?? lastDay, [range]);
  if (error !== null) return <LoadFailure error={error} what="The keys" onRetry={() => void retry()} />;
  if (values === undefined) return <Skeleton height={420} />;
  const name = params.get('key') ?? firstKey(values);
  if (name === undefined) {
    return (
      <Card>
        <StateMessage icon={IconActivity} title="No readings yet" actions={howToSend}>
          What this {nounOf(entity)} sent can be looked back at here.
        </StateMessage>
      </Card>
    );
  }
  return (
    <KeyHistory
      key={name}
      entity={entity}
      name={name}
      values={values}
      window={window}
      aggregation={aggregationOfText(params.get('agg'))}
      forward={forward}
      onChange={change}
    />
  );
}

/** Numbers first: they have something to draw. */
function firstKey(values: LatestValues): string | undefined {
  const names = [...values.keys()].sort();
  return names.find((name) => values.get(name)?.kind === 'number') ?? names[0];
}
