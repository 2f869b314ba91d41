/** What tests can be given. A second name of one server is the same program with other settings. */
export type ServiceName = 'redis' | 'redis-evicting' | 'rabbitmq' | 'kafka' | 'mosquitto' | 'mosquitto-login' | 'smtp';

/** Where a service lives until it is closed, however often it is restarted. */
export interface Place {
  /** Holds its settings, its data and what it prints. */
  readonly folder: string;
  /** Loopback ports. The first is the one that clients connect to. */
  readonly ports: readonly [number, ...number[]];
}

/** A process to start, in the folder of the service. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A server program and how it is run here. */
export interface Service {
  readonly name: ServiceName;
  /** What of `components` in dev/workspace/components.mjs it runs from. */
  readonly component: string;
  readonly portCount: number;
  /** Environment variables that tell a client where it is. The first has the URL. */
  readonly env: (place: Place) => readonly (readonly [variable: string, value: string])[];
  /** Makes what it runs from, unless that is there already. */
  readonly install?: () => void;
  /** Writes its settings, once, before its first start. */
  readonly prepare: (place: Place) => void;
  /** Its processes. The last one is the server, the others only serve it. */
  readonly commands: (place: Place) => readonly [Command, ...Command[]];
  /** Whether it answers in its protocol and would serve a client. */
  readonly answers: (place: Place) => Promise<boolean>;
}
