import type { TlsMaterial } from '@fieldline/plugin-sdk';
import { kafkaErrors } from './errors.js';
import { CONNECT_MS, DELIVERY_MS, DELIVERY_MS_MAX, METADATA_AGE_MS, REQUEST_BYTES, REQUEST_BYTES_MAX, RETRY_PAUSE_MS } from './limits.js';

const mechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;
const compressions = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;

/** Properties that anybody may read. The values of all others, known or not, are secret. */
export const openProperties = [
  ...['client.id', 'compression.type', 'enable.idempotence', 'security.protocol', 'sasl.mechanism'],
  ...[
    'delivery.timeout.ms',
    'request.timeout.ms',
    'socket.connection.setup.timeout.ms',
    'metadata.max.age.ms',
    'retry.backoff.ms',
    'max.request.size',
  ],
  ...['ssl.truststore.type', 'ssl.truststore.certificates', 'ssl.keystore.type', 'ssl.keystore.certificate.chain'],
  'ssl.endpoint.identification.algorithm',
];

/** What the properties of Kafka's own clients mean for ours. Times in milliseconds. */
export interface ClientProperties {
  readonly clientId: string | undefined;
  readonly tls: (TlsMaterial & { readonly checksHost: boolean }) | undefined;
  readonly sasl: { readonly mechanism: (typeof mechanisms)[number]; readonly username: string; readonly password: string } | undefined;
  readonly compression: (typeof compressions)[number];
  readonly isIdempotent: boolean;
  readonly deliveryMs: number;
  readonly requestMs: number;
  readonly connectMs: number;
  readonly metadataAgeMs: number;
  readonly retryPauseMs: number;
  readonly requestBytesMax: number;
  /** Properties that mean nothing here and are left out. */
  readonly ignored: readonly string[];
}

/** @throws KAFKA_PROPERTY_INVALID, KAFKA_PROPERTY_UNSUPPORTED */
export function clientProperties(given: Readonly<Record<string, string>>): ClientProperties {
  const properties = new Properties(given);
  const protocol = properties.choice('security.protocol', ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'], 'PLAINTEXT');
  const tls = tlsOf(properties);
  const sasl = saslOf(properties);
  const deliveryMs = properties.number('delivery.timeout.ms', DELIVERY_MS, { min: 1_000, max: DELIVERY_MS_MAX });
  return {
    clientId: properties.text('client.id'),
    tls: protocol.endsWith('SSL') ? tls : undefined,
    sasl: protocol.startsWith('SASL') ? sasl : undefined,
    compression: properties.choice('compression.type', compressions, 'none'),
    isIdempotent: properties.choice('enable.idempotence', ['true', 'false'], 'true') === 'true',
    deliveryMs,
    requestMs: Math.min(deliveryMs, properties.number('request.timeout.ms', deliveryMs, { min: 1_000, max: DELIVERY_MS_MAX })),
    connectMs: properties.number('socket.connection.setup.timeout.ms', CONNECT_MS, { min: 100, max: 60_000 }),
    metadataAgeMs: properties.number('metadata.max.age.ms', METADATA_AGE_MS, { min: 100, max: 3_600_000 }),
    retryPauseMs: properties.number('retry.backoff.ms', RETRY_PAUSE_MS, { min: 10, max: 10_000 }),
    requestBytesMax: properties.number('max.request.size', REQUEST_BYTES, { min: 1_000, max: REQUEST_BYTES_MAX }),
    ignored: properties.rest(),
  };
}

function tlsOf(properties: Properties): NonNullable<ClientProperties['tls']> {
  for (const store of ['ssl.truststore.type', 'ssl.keystore.type']) properties.choice(store, ['PEM'], 'PEM');
  return {
    ca: properties.text('ssl.truststore.certificates'),
    cert: properties.text('ssl.keystore.certificate.chain'),
    key: properties.text('ssl.keystore.key'),
    passphrase: properties.text('ssl.key.password'),
    checksHost: properties.choice('ssl.endpoint.identification.algorithm', ['https', ''], 'https') === 'https',
  };
}

function saslOf(properties: Properties): NonNullable<ClientProperties['sasl']> {
  const mechanism = properties.choice('sasl.mechanism', mechanisms, 'PLAIN');
  const jaas = properties.text('sasl.jaas.config') ?? '';
  return { mechanism, username: quoted(jaas, 'username'), password: quoted(jaas, 'password') };
}

/** The value of `name="…"` in a line of Java's login configuration; empty where there is none. */
function quoted(jaas: string, name: string): string {
  const value = new RegExp(`\\b${name}\\s*=\\s*"((?:[^"\\\\]|\\\\.)*)"`, 's').exec(jaas)?.[1] ?? '';
  return value.replace(/\\(.)/gs, '$1');
}

/** Reads properties one by one and knows which were not asked for. */
class Properties {
  readonly #left: Map<string, string>;

  constructor(given: Readonly<Record<string, string>>) {
    this.#left = new Map(Object.entries(given));
  }

  text(name: string): string | undefined {
    const value = this.#left.get(name);
    this.#left.delete(name);
    return value;
  }

  choice<const Value extends string>(name: string, values: readonly Value[], absent: Value): Value {
    const given = this.text(name);
    if (given === undefined) return absent;
    const found = values.find((value) => value.toLowerCase() === given.trim().toLowerCase());
    if (found === undefined) throw kafkaErrors.PROPERTY_INVALID({ name, value: given, expected: `one of ${values.join(', ')}` });
    return found;
  }

  /** What lies beyond the bounds is brought within them: Kafka's clients take values there that mean "no limit". */
  number(name: string, absent: number, { min, max }: { readonly min: number; readonly max: number }): number {
    const given = this.text(name);
    if (given === undefined) return absent;
    if (!/^\s*\d{1,19}\s*$/.test(given)) throw kafkaErrors.PROPERTY_INVALID({ name, value: given, expected: 'a whole number' });
    return Math.min(max, Math.max(min, Number(given)));
  }

  /** @throws KAFKA_PROPERTY_UNSUPPORTED for what has to do with security */
  rest(): readonly string[] {
    const names = [...this.#left.keys()];
    const name = names.find((one) => one.startsWith('ssl.') || one.startsWith('sasl.'));
    if (name !== undefined) throw kafkaErrors.PROPERTY_UNSUPPORTED({ name });
    return names;
  }
}
