import type { Delivery } from '@fieldline/plugin-sdk';
import type { ProduceResult, Producer } from '@platformatic/kafka';
import { findErrorBy, protocolErrors, protocolErrorsCodesById } from '@platformatic/kafka';
import { within } from '@fieldline/plugin-sdk';
import { kafkaErrors } from './errors.js';
import { TOPIC_TRIES } from './limits.js';

/** What became of the records of one partition: the offset of the first, or why they were not taken. */
export type Verdict = { readonly baseOffset: bigint } | { readonly delivery: Delivery; readonly isTooLarge: boolean };

interface PartitionResponse {
  readonly index: number;
  readonly errorCode: number;
  readonly errorMessage?: string | null;
  readonly baseOffset: bigint;
}
type Response = { readonly responses?: readonly { readonly name: string; readonly partitionResponses: readonly PartitionResponse[] }[] };
type ClientError = Error & { readonly errors?: readonly Error[]; readonly response?: Response; readonly produced?: ProduceResult };

/** Offsets of a client that asked for no confirmation are not known; Kafka's own clients say -1. */
const UNKNOWN_OFFSET = -1n;
const TOO_LARGE: ReadonlySet<string> = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE']);

/**
 * What became of each partition of a request, as a function of topic and partition. A request may have reached some brokers and
 * not others; only partitions about which nobody said anything share the error of the whole.
 */
export function verdictsOf(
  outcome: { readonly result: ProduceResult } | { readonly error: ClientError },
): (topic: string, partition: number) => Verdict {
  const known = new Map<string, Verdict>();
  const error = 'error' in outcome ? outcome.error : undefined;
  const { offsets = [] } = 'result' in outcome ? outcome.result : (outcome.error.produced ?? {});
  for (const { name, partitionResponses } of responsesIn(error)) {
    for (const answer of partitionResponses) known.set(`${name}:${answer.index}`, verdictOn(name, answer));
  }
  for (const { topic, partition, offset } of offsets) known.set(`${topic}:${partition}`, { baseOffset: offset });
  return (topic, partition) => {
    const verdict = known.get(`${topic}:${partition}`);
    if (verdict !== undefined) return verdict;
    return error === undefined ? { baseOffset: UNKNOWN_OFFSET } : { delivery: undelivered(topic, error), isTooLarge: false };
  };
}

/** Number of partitions of a topic, or why it is not to be had. */
export async function partitionsOf(producer: Pick<Producer, 'metadata'>, topic: string, limitMs: number): Promise<number | Delivery> {
  try {
    const late = (): Error => new Error(`There was no answer within ${limitMs} ms.`);
    const { topics } = await within(producer.metadata({ topics: [topic], autocreateTopics: true, retries: TOPIC_TRIES }), limitMs, late);
    const count = topics.get(topic)?.partitionsCount ?? 0;
    return count > 0 ? count : { isSent: false, error: kafkaErrors.REFUSED({ topic, reason: 'the topic has no partitions' }), isAway: false };
  } catch (error) {
    return undelivered(topic, error as Error);
  }
}

/** Delivery of a record that nobody confirmed, because the brokers could not be reached. */
export function notSent(topic: string, error: Error): Delivery {
  return { isSent: false, error: kafkaErrors.NOT_SENT({ topic, reason: reasonOf(error) }, { cause: error }), isAway: true };
}

/** The innermost reason of an error of the client, which wraps each retry in another. */
export function reasonOf(error: unknown): string {
  const { errors, cause, message } = error as ClientError;
  const inner = errors?.at(-1) ?? (cause instanceof Error ? cause : undefined);
  if (inner === undefined) return message;
  return errors === undefined ? `${message} ${reasonOf(inner)}` : reasonOf(inner);
}

function undelivered(topic: string, error: Error): Delivery {
  if (isAway(error)) return notSent(topic, error);
  return { isSent: false, error: kafkaErrors.REFUSED({ topic, reason: reasonOf(error) }, { cause: error }), isAway: false };
}

/** True where the same request may succeed later. Errors that are not the client's are time limits, and look-ups that failed. */
function isAway(error: Error): boolean {
  if (findErrorBy(error, 'code', 'PLT_KFK_NETWORK') !== null) return true;
  return findErrorBy(error, 'canRetry', false) === null;
}

function verdictOn(topic: string, { errorCode, errorMessage, baseOffset }: PartitionResponse): Verdict {
  if (errorCode === 0) return { baseOffset };
  const id = protocolErrorsCodesById[errorCode] ?? 'UNKNOWN_SERVER_ERROR';
  const { message, canRetry } = protocolErrors[id] ?? { message: id, canRetry: false };
  const reason = `${id}: ${errorMessage ?? message}`;
  const error = canRetry ? kafkaErrors.NOT_SENT({ topic, reason }) : kafkaErrors.REFUSED({ topic, reason });
  return { delivery: { isSent: false, error, isAway: canRetry }, isTooLarge: TOO_LARGE.has(id) };
}

/** Answers of brokers inside an error, the latest last: a send is tried several times. */
function responsesIn(error: ClientError | undefined): NonNullable<Response['responses']> {
  if (error === undefined) return [];
  const inner = (error.errors ?? []).flatMap((one) => responsesIn(one as ClientError));
  return [...inner, ...(error.response?.responses ?? [])];
}
