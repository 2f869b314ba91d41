/** What AMQP says about a message besides its body. */
export interface AmqpProperties {
  readonly contentType?: string;
  /** 2: the broker keeps it on disk, where the queue is durable. */
  readonly deliveryMode?: 1 | 2;
  readonly priority?: number;
}

/** The properties that RabbitMQ's client for Java has names for, which ThingsBoard offers. */
export const messageProperties = {
  BASIC: { contentType: 'application/octet-stream', deliveryMode: 1, priority: 0 },
  TEXT_PLAIN: { contentType: 'text/plain', deliveryMode: 1, priority: 0 },
  MINIMAL_BASIC: {},
  MINIMAL_PERSISTENT_BASIC: { deliveryMode: 2 },
  PERSISTENT_BASIC: { contentType: 'application/octet-stream', deliveryMode: 2, priority: 0 },
  PERSISTENT_TEXT_PLAIN: { contentType: 'text/plain', deliveryMode: 2, priority: 0 },
} as const satisfies Readonly<Record<string, AmqpProperties>>;

export type MessagePropertiesName = keyof typeof messageProperties;
