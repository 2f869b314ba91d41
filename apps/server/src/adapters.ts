// The only file that knows which adapters exist: from a configuration value to a lazy import.

/** Stores and threads of each profile. */
export const profiles = {
  embedded: { storage: () => import('@fieldline/storage-sqlite') },
} as const;

/** What carries messages to the engine. */
export const queues = {
  memory: () => import('@fieldline/queue-memory'),
  bullmq: () => import('@fieldline/queue-bullmq'),
} as const;

/** Device transports. */
export const transports = {
  mqtt: () => import('@fieldline/transport-mqtt'),
  coap: () => import('@fieldline/transport-coap'),
  http: () => import('@fieldline/transport-http'),
} as const;

/** Sandboxes for user scripts. */
export const scripts = {
  quickjs: () => import('@fieldline/scripting'),
} as const;

/** Plugins of third parties, and what runs them. */
export const pluginHosts = {
  process: () => import('@fieldline/plugin-process'),
} as const;

/** Packages of rule nodes that come with the product. */
export const builtInPlugins = [
  () => import('@fieldline/plugin-filters'),
  () => import('@fieldline/plugin-enrichment'),
  () => import('@fieldline/plugin-transforms'),
  () => import('@fieldline/plugin-actions'),
  () => import('@fieldline/plugin-alarms'),
  () => import('@fieldline/plugin-timeseries'),
  () => import('@fieldline/plugin-flow'),
  () => import('@fieldline/plugin-kafka'),
  () => import('@fieldline/plugin-rabbitmq'),
  () => import('@fieldline/plugin-mqtt'),
  () => import('@fieldline/plugin-http'),
  () => import('@fieldline/plugin-mail'),
  () => import('@fieldline/plugin-cloud'),
] as const;
