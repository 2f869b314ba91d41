import type { NodeChanges } from '@fieldline/directory';
import { topicMappingsOf } from '@fieldline/directory';
import type { Clock, IdSource, Log } from '@fieldline/kernel';
import type { Admitter, BrokerGateway, BrokerStore, ControlEvents, EntityStore } from '@fieldline/ports';
import type { BrokerPublication } from '@fieldline/transport-mqtt';
import type { EngineDeviceGateway } from '../engine-host/device-gateway.js';
import type { EngineHost } from '../engine-host/engine-host.js';
import { EngineBrokerGateway } from './engine-broker-gateway.js';
import { EntityBrokerStore } from './entity-broker-store.js';

/** What the broker listener stands on. */
export interface BrokerParts {
  readonly gateway: BrokerGateway;
  readonly store: BrokerStore;
  readonly ids: IdSource;
  /** Told once how the server itself publishes. */
  readonly started: (publish: (publication: BrokerPublication) => Promise<void>) => void;
}

/** Joins the broker to the devices, keys, mappings and records of this server, and rule nodes to the broker. */
export function brokerParts(deps: {
  readonly entities: EntityStore;
  readonly events: ControlEvents;
  readonly devices: EngineDeviceGateway;
  readonly engine: EngineHost;
  readonly api: { readonly admitter: Admitter; readonly changes: NodeChanges };
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
}): BrokerParts {
  const { entities, events, devices, engine, api, clock, ids, log } = deps;
  const mappings = (tenantId: Parameters<typeof topicMappingsOf>[1]): ReturnType<typeof topicMappingsOf> => topicMappingsOf(entities, tenantId);
  return {
    gateway: new EngineBrokerGateway({ devices, admitter: api.admitter, changes: api.changes, mappings, events, clock, log }),
    store: new EntityBrokerStore(entities, clock),
    ids,
    started: (publish) => {
      engine.onPublish = ({ payload, ...publication }) => publish({ ...publication, payload: Buffer.from(payload) });
    },
  };
}
