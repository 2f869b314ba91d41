import { SimpleGrid, Stack, Text, TextInput, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAlertTriangle, IconArrowRight, IconCircleMinus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TopicMapping, TriedMessage } from '../api/broker-api.js';
import { engineQueries } from '../api/engine-queries.js';
import { messageOf } from '../api/failures.js';
import { CopyBlock } from '../ui/copy-block.js';
import { mappingBounds } from './mapping-form.js';
import styles from './try-out.module.css';

/** Longest payload that is tried (packages/api-contract/src/limits.ts). */
const PAYLOAD_MAX = 65_536;

/** A message that is not sent, and what the mappings would make of it. */
export function TryOut({ mappings }: { mappings: readonly TopicMapping[] }) {
  const [topic, setTopic] = useState('');
  const [payload, setPayload] = useState('{"temperature":21.5}');
  const [asked] = useDebouncedValue({ mappings, topic: topic.trim(), payload }, 250);
  const isAsked = asked.topic !== '' && asked.mappings.length > 0;
  const tried = useQuery({
    ...engineQueries.triedMessage(asked.mappings, asked.topic, asked.payload),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  });
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label="Topic"
          placeholder="plant/7/data"
          maxLength={mappingBounds.filter}
          styles={{ input: { fontFamily: 'var(--fl-mono)' } }}
          value={topic}
          onChange={(event) => setTopic(event.currentTarget.value)}
        />
        <Textarea
          label="Payload"
          autosize
          minRows={1}
          maxRows={8}
          maxLength={PAYLOAD_MAX}
          styles={{ input: { fontFamily: 'var(--fl-mono)', fontSize: 12 } }}
          value={payload}
          onChange={(event) => setPayload(event.currentTarget.value)}
        />
      </SimpleGrid>
      <div role="status" className={styles.outcome}>
        {!isAsked ? (
          <Text size="sm" c="dimmed">
            {mappings.length === 0 ? 'Fill in the fields above first.' : 'Enter a topic. Nothing is stored or sent.'}
          </Text>
        ) : tried.isError ? (
          <Text size="sm" c="var(--fl-error)">
            {messageOf(tried.error)}
          </Text>
        ) : (
          tried.data !== undefined && <Outcome tried={tried.data} mappings={asked.mappings} />
        )}
      </div>
    </Stack>
  );
}

function Outcome({ tried: { mapping, device, values, fault }, mappings }: { tried: TriedMessage; mappings: readonly TopicMapping[] }) {
  if (mapping === null) {
    return (
      <p className={styles.line}>
        <IconCircleMinus size={16} aria-hidden color="var(--fl-text-dim)" />
        {mappings.length === 1 ? 'The mapping does not take this topic' : 'No mapping takes this topic'}: the message is only passed on.
      </p>
    );
  }
  const taker = mappings.length === 1 ? 'The mapping' : `Mapping ${mapping + 1}, ${mappings[mapping]?.topicFilter ?? ''},`;
  if (fault !== null) {
    return (
      <p className={styles.line}>
        <IconAlertTriangle size={16} aria-hidden color="var(--fl-warning)" />
        {taker} takes this topic but cannot read the message: {fault}.
      </p>
    );
  }
  return (
    <>
      <p className={styles.line}>
        <IconArrowRight size={16} aria-hidden color="var(--fl-ok)" />
        <span>
          {taker} takes it. The device <b>{device}</b> sends {mappings[mapping]?.target}:
        </span>
      </p>
      <CopyBlock label="Values" text={values ?? ''} />
    </>
  );
}
