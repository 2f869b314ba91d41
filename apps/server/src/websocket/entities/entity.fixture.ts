import type { LiveEntity } from '@fieldline/api-contract';
import { type Frame, LiveClient, type RunningLive } from '../live.fixture.js';

/** A frame about many entities, or an error in the form of version 1. */
export interface EntityFrame {
  readonly cmdId?: number;
  readonly subscriptionId?: number;
  readonly errorCode: number;
  readonly errorMsg: string | null;
  readonly data: { readonly data: readonly LiveEntity[]; readonly totalElements: number; readonly totalPages: number } | null;
  readonly update: readonly LiveEntity[] | null;
  readonly count?: number;
  readonly allowedEntities: number;
}

const asEntityFrame = (frame: Frame): EntityFrame => frame as unknown as EntityFrame;

/** A client that asks about many entities. */
export class EntityClient {
  readonly #client: LiveClient;

  constructor(client: LiveClient) {
    this.#client = client;
  }

  /** On the general address, with a token in it or a first message that shows who comes. */
  static async open(running: RunningLive, by: { readonly token: string } | { readonly apiKey: string }): Promise<EntityClient> {
    const client = await LiveClient.open(running.port, 'token' in by ? `/api/ws?token=${by.token}` : '/api/ws');
    if ('apiKey' in by) client.send({ authCmd: { cmdId: 0, apiKey: by.apiKey } });
    return new EntityClient(client);
  }

  get raw(): LiveClient {
    return this.#client;
  }

  send(type: string, command: Record<string, unknown>): void {
    this.#client.send({ cmds: [{ type, cmdId: 1, ...command }] });
  }

  /** Sends an ENTITY_DATA command and gives the next frame. */
  async ask(command: Record<string, unknown>): Promise<EntityFrame> {
    this.send('ENTITY_DATA', command);
    return this.take();
  }

  async take(): Promise<EntityFrame> {
    return asEntityFrame(await this.#client.take());
  }

  /** Resolves when the server has got everything that was sent. */
  async arrived(): Promise<void> {
    const { socket } = this.#client;
    await new Promise((resolve) => {
      socket.once('pong', resolve);
      socket.ping();
    });
  }

  /** What is on its way, once nothing more is being read for the commands before. */
  async takeAll(): Promise<EntityFrame[]> {
    const cmdId = 999_999;
    this.#client.send({ cmds: [{ type: 'ENTITY_COUNT', cmdId, query: { entityFilter: { type: 'entityType', entityType: 'DEVICE' } } }] });
    const isMark = (frame: Frame): boolean => asEntityFrame(frame).cmdId === cmdId;
    await this.#client.until(() => this.#client.frames.some(isMark));
    this.#client.send({ cmds: [{ type: 'ENTITY_COUNT_UNSUBSCRIBE', cmdId }] });
    await this.arrived();
    return this.#client.frames
      .splice(0)
      .filter((frame) => !isMark(frame))
      .map(asEntityFrame);
  }
}

/** The query for a page with all devices of the caller, oldest first. */
export const allDevices = (more: Record<string, unknown> = {}) => ({
  entityFilter: { type: 'deviceType', deviceTypes: ['default'], deviceNameFilter: '' },
  pageLink: { page: 0, pageSize: 10, sortOrder: { key: { type: 'ENTITY_FIELD', key: 'createdTime' }, direction: 'ASC' } },
  entityFields: [{ type: 'ENTITY_FIELD', key: 'name' }],
  latestValues: [{ type: 'TIME_SERIES', key: 'temperature' }],
  keyFilters: [],
  ...more,
});

export const temperature = [{ type: 'TIME_SERIES', key: 'temperature' }];
