import { alarmToJson } from '@fieldline/alarms';
import { NodeDirectory } from '@fieldline/directory';
import { RateLimiter, SystemSettings } from '@fieldline/identity';
import type { Clock } from '@fieldline/kernel';
import type { Alarm, DeviceId, JsonObject, TenantId } from '@fieldline/model';
import type { DeviceStateService } from '@fieldline/plugin-sdk';
import type { ControlEvents, DataStore, EntityStore } from '@fieldline/ports';
import type { PlatformServices, PlatformUser } from '@fieldline/rule-engine';
import type { DeviceStates } from '@fieldline/telemetry';
import type { Settings } from '../config/settings.js';
import { nodeMail } from '../mail/node-mail.js';
import { mailServerOfUrl } from '../mail/smtp-url.js';
import { parseAllowList } from '../outbound/allow-list.js';
import { OutboundGuard } from '../outbound/outbound-guard.js';
import { OutboundHttp } from '../outbound/outbound-http.js';
import type { MainThread } from './main-thread.js';

export interface NodePlatformDeps {
  readonly settings: Settings;
  readonly entities: EntityStore;
  readonly store: Pick<DataStore, 'alarm'>;
  readonly events: ControlEvents;
  readonly main: MainThread;
  readonly states: Pick<DeviceStates, 'report'>;
  readonly clock: Clock;
}

/** What nodes may say about one device (rule-nodes.md §4.8). */
const reportLimits = [
  { capacity: 1, windowMs: 1_000 },
  { capacity: 30, windowMs: 60_000 },
  { capacity: 60, windowMs: 3_600_000 },
];

/** The services of the engine's platform: what rule nodes reach besides the data of their batch. */
export class NodePlatform {
  readonly #states: Pick<DeviceStates, 'report'>;
  readonly #main: MainThread;
  readonly #directory: NodeDirectory;
  readonly #outside: Pick<PlatformServices, 'network' | 'mail'> & { readonly http: OutboundHttp };
  readonly #reports: RateLimiter;

  constructor(deps: NodePlatformDeps) {
    const { settings, entities, store, events, clock, main, states } = deps;
    this.#states = states;
    this.#main = main;
    this.#reports = new RateLimiter(clock);
    this.#directory = new NodeDirectory({
      entities,
      changes: main.changes(),
      alarm: async (tenantId, id) => jsonOf(await store.alarm(tenantId, id)),
      clock,
    });
    events.subscribe((event) => this.#directory.changed(event));
    const guard = guardOf(settings, clock);
    const system = new SystemSettings({ entities, events, clock });
    const preset = settings.FIELDLINE_SMTP_URL === undefined ? undefined : mailServerOfUrl(settings.FIELDLINE_SMTP_URL, settings.FIELDLINE_MAIL_FROM);
    // A further service has its place here; nodes that need one that is absent do not start.
    this.#outside = {
      http: new OutboundHttp(guard),
      network: guard,
      mail: nodeMail({ configured: async () => (await system.mailServer()) ?? preset, guard }),
    };
  }

  /** The services as a node sees them: those of the directory and of devices within its tenant. */
  of(node: PlatformUser): PlatformServices {
    const directory = this.#directory;
    const { tenantId } = node;
    return {
      ...this.#outside,
      deviceState: this.#deviceState(tenantId),
      broker: { publish: (message) => this.#main.publish({ tenantId, ...message }) },
      restReplies: { answer: (call, text) => this.#main.reply({ tenantId, ...call, text }) },
      get entities() {
        return directory.entities(node);
      },
      get relations() {
        return directory.relations(node);
      },
    };
  }

  /** Ends what is open to other systems. */
  close(): Promise<void> {
    return this.#outside.http.close();
  }

  #deviceState(tenantId: TenantId): DeviceStateService {
    return {
      report: async (device, event, atMs) => {
        if (!this.#reports.tryTake(`${tenantId} ${device.id}`, reportLimits)) return false;
        this.#states.report({ tenantId, deviceId: device.id as DeviceId }, event, atMs);
        return true;
      },
    };
  }
}

function guardOf({ FIELDLINE_OUTBOUND_ALLOW }: Settings, clock: Clock): OutboundGuard {
  const allowed = parseAllowList(FIELDLINE_OUTBOUND_ALLOW);
  if ('fault' in allowed) throw new Error(`FIELDLINE_OUTBOUND_ALLOW was read with a fault: ${allowed.fault}`);
  return new OutboundGuard({ allowed, clock });
}

const jsonOf = (alarm: Alarm | undefined): JsonObject | undefined => (alarm === undefined ? undefined : (alarmToJson(alarm) as JsonObject));
