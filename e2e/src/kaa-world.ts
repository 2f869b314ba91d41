// A running server with the applications of kaa.md §13, endpoints that speak 1/KP to it, and their series as a client of EPTS finds them.
import { connectAsync } from 'mqtt';
import { startServer, stopServer, temporaryFolder, TenantClient, type RunningServer } from './server-under-test.js';

/** A device that sends data samples. */
export interface Endpoint {
  readonly id: string;
  readonly token: string;
  readonly application: string;
  readonly version: string;
}

interface Point {
  readonly timestamp: string;
  readonly values: Readonly<Record<string, unknown>>;
}
/** Points by series. */
export type Points = Readonly<Record<string, readonly Point[]>>;

/** What a client of 1/KP over MQTT was sent: the levels of the topic behind the token, and the payload. */
export interface Answer {
  readonly tail: string;
  readonly payload: string;
}

const versions = ['bsd9-v1', 'bsd9-v2', 'car1-v1'];
const configs = '/tekton/api/v1/app-configs/applications';
const service = 'serviceInstanceName=epts';

/** The document that configures time series of an application (kaa.md §5.1). */
const documentOf = (application: string, series: unknown) => ({ epts: { kaa: { applications: { [application]: { 'time-series': series } } } } });
/** The document that configures those of a version. */
const versionDocumentOf = (application: string, version: string, series: unknown) => ({
  epts: { kaa: { applications: { [application]: { versions: { [version]: { 'time-series': series } } } } } },
});

export class KaaWorld {
  server: RunningServer;
  /** Somebody signed in: the tenant administrator. */
  admin: TenantClient;
  readonly #folder: Awaited<ReturnType<typeof temporaryFolder>>;
  readonly #profiles = new Map<string, object>();
  #endpoints = 0;

  private constructor(folder: Awaited<ReturnType<typeof temporaryFolder>>, server: RunningServer, admin: TenantClient) {
    this.#folder = folder;
    this.server = server;
    this.admin = admin;
  }

  /** Opens it: the versions are there, and `bsd9` extracts by itself. */
  static async open(name: string): Promise<KaaWorld> {
    const folder = await temporaryFolder(name);
    const server = await startServer(folder.path);
    const world = new KaaWorld(folder, server, await TenantClient.signIn(server.ports.http));
    for (const version of versions) {
      const profile = { name: version, type: 'DEFAULT', transportType: 'DEFAULT' };
      const { id } = await world.admin.request<{ id: object }>('POST', '/api/deviceProfile', profile);
      world.#profiles.set(version, id);
    }
    await world.configure('bsd9', { 'auto-extract': true });
    return world;
  }

  async close(): Promise<void> {
    await stopServer(this.server);
    await this.#folder.remove();
  }

  async restart(env: Record<string, string> = {}): Promise<void> {
    await stopServer(this.server);
    this.server = await startServer(this.#folder.path, { env });
    this.admin = await TenantClient.signIn(this.server.ports.http);
  }

  configure(application: string, series: object): Promise<object> {
    return this.admin.request('PUT', `${configs}/${application}?${service}`, documentOf(application, series));
  }

  patch(application: string, change: object | null): Promise<object> {
    return this.admin.request('PATCH', `${configs}/${application}?${service}`, documentOf(application, change));
  }

  configureVersion(application: string, version: string, series: object): Promise<object> {
    return this.admin.request('PUT', `${configs}/${application}/app-versions/${version}?${service}`, versionDocumentOf(application, version, series));
  }

  patchVersion(application: string, version: string, change: object | null): Promise<object> {
    return this.admin.request(
      'PATCH',
      `${configs}/${application}/app-versions/${version}?${service}`,
      versionDocumentOf(application, version, change),
    );
  }

  profileOf(version: string): { readonly id: string } {
    return this.#profiles.get(version) as { id: string };
  }

  async endpoint(version: string): Promise<Endpoint> {
    this.#endpoints += 1;
    const token = `Token${this.#endpoints}`;
    const body = { name: `Endpoint ${this.#endpoints}`, deviceProfileId: this.#profiles.get(version) };
    const { id } = await this.admin.request<{ id: { id: string } }>('POST', `/api/device?accessToken=${token}`, body);
    return { id: id.id, token, application: version.split('-')[0] ?? '', version };
  }

  /** Sends a text, or JSON, as `curl` does; the status, and what else a success says. */
  async send({ version, token }: Pick<Endpoint, 'version' | 'token'>, resource: string, body: unknown, headers: Record<string, string> = {}) {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const url = `http://127.0.0.1:${this.server.ports.http}/kp1/${version}/dcx/${token}/${resource}`;
    const answer = await fetch(url, { method: 'POST', body: text, headers });
    const told = await answer.text();
    return `${answer.status} ${answer.status === 200 ? told : ''}`.trim();
  }

  /** A connection without user name and subscription; `answers` grows as they come. */
  async connect() {
    const client = await connectAsync({ host: '127.0.0.1', port: this.server.ports.mqtt, reconnectPeriod: 0 });
    const answers: Answer[] = [];
    let wake = (): void => undefined;
    client.on('message', (topic, payload) => {
      answers.push({ tail: topic.split('/').slice(4).join('/'), payload: payload.toString() });
      wake();
    });
    const publish = (topic: string, payload: unknown): Promise<unknown> =>
      client.publishAsync(topic, typeof payload === 'string' ? payload : JSON.stringify(payload));
    return {
      answers,
      publish,
      /** Publishes, and waits for the next answer. */
      async ask({ version, token }: Pick<Endpoint, 'version' | 'token'>, resource: string, payload: unknown): Promise<Answer> {
        const place = answers.length;
        await publish(`kp1/${version}/dcx/${token}/${resource}`, payload);
        while (answers.length === place) await new Promise<void>((resolve) => (wake = resolve));
        return answers[place] as Answer;
      },
      close: () => client.endAsync(),
    };
  }

  /** All points of an endpoint, by series. */
  async points({ id, application }: Pick<Endpoint, 'id' | 'application'>): Promise<Points> {
    const base = `/epts/api/v1/applications/${application}/time-series`;
    const names = Object.keys((await this.admin.request<Record<string, Points>>('GET', `${base}/last?endpointId=${id}`))[id] ?? {});
    if (names.length === 0) return {};
    const query = `endpointId=${id}&fromDate=2000-01-01T00:00:00Z&toDate=2100-01-01T00:00:00Z`;
    const elements = await this.admin.request<Record<string, Points>[]>('GET', `${base}/data?timeSeriesName=${names.join(',')}&${query}`);
    return Object.assign({}, ...elements.map((element) => element[id])) as Points;
  }

  /** Values of the points, by series. */
  async values(of: Pick<Endpoint, 'id' | 'application'>): Promise<Readonly<Record<string, readonly object[]>>> {
    return Object.fromEntries(Object.entries(await this.points(of)).map(([name, list]) => [name, list.map((point) => point.values)]));
  }
}
