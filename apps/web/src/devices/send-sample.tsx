import { Button, Loader } from '@mantine/core';
import { IconAlertOctagon, IconCircleCheck, IconSend } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import { api } from '../api/api.js';
import { messageOf } from '../api/failures.js';
import { useLiveFrames } from '../live/live.js';
import styles from './send-sample.module.css';

interface Sample {
  readonly temperature: number;
  readonly humidity: number;
}

interface Arrival {
  readonly value: string;
  readonly afterMs: number;
}

/** Sends one reading as the device would, over the HTTP device API, and watches it come back over the live connection. */
export function SendSample({ deviceId, token }: { deviceId: string; token: string }) {
  const sentAt = useRef<number>(undefined);
  const [arrival, setArrival] = useState<Arrival>();
  const send = useMutation({
    mutationFn: async (sample: Sample) => {
      setArrival(undefined);
      sentAt.current = performance.now();
      const startedAt = sentAt.current;
      await api.sendAsDevice(token, { ...sample });
      return { sample, acknowledgedMs: performance.now() - startedAt };
    },
  });
  useLiveFrames({ type: 'TIMESERIES', entityType: 'DEVICE', entityId: deviceId, keys: 'temperature', scope: 'LATEST_TELEMETRY' }, (frame) => {
    const value = frame.points.get('temperature')?.[0]?.value;
    if (sentAt.current === undefined || value === undefined || value === null || Number(value) !== send.variables?.temperature) return;
    setArrival({ value, afterMs: performance.now() - sentAt.current });
  });
  return (
    <div className={styles.root}>
      <div className={styles.words} aria-live="polite">
        {send.isIdle && 'See one reading go all the way: device API, rule chain, disk, live value.'}
        {!send.isIdle && (
          <ul className={styles.steps}>
            <Step state={send.isPending ? 'waiting' : send.isError ? 'failed' : 'done'}>
              {send.isPending && 'Sending…'}
              {send.isError && messageOf(send.error)}
              {send.isSuccess && `Stored and acknowledged in ${Math.round(send.data.acknowledgedMs)} ms`}
            </Step>
            {send.isSuccess && (
              <Step state={arrival === undefined ? 'waiting' : 'done'}>
                {arrival === undefined
                  ? 'Waiting for the live value…'
                  : `Arrived live after ${Math.round(arrival.afterMs)} ms: temperature ${arrival.value}`}
              </Step>
            )}
          </ul>
        )}
      </div>
      <Button
        variant={send.isIdle ? 'filled' : 'default'}
        leftSection={<IconSend size={16} />}
        loading={send.isPending}
        onClick={() => send.mutate(newSample())}
      >
        {send.isIdle ? 'Send a sample' : 'Send another'}
      </Button>
    </div>
  );
}

/** Differs from one click to the next, so that each arrival can be told from the one before. */
function newSample(): Sample {
  const tenth = (value: number) => Math.round(value * 10) / 10;
  return { temperature: tenth(19 + Math.random() * 6), humidity: tenth(40 + Math.random() * 20) };
}

function Step({ state, children }: { state: 'waiting' | 'done' | 'failed'; children: ReactNode }) {
  return (
    <li className={styles.step}>
      {state === 'waiting' && <Loader size={14} />}
      {state === 'done' && <IconCircleCheck size={16} className={styles.done ?? ''} aria-label="Done" />}
      {state === 'failed' && <IconAlertOctagon size={16} className={styles.failed ?? ''} aria-label="Failed" />}
      <span>{children}</span>
    </li>
  );
}
