import type { SystemSettings } from '@fieldline/identity';
import type { RestRequest } from './route.js';

const hostForm = /^([a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(:\d{1,5})?$/i;

/** The address of the web app in links: as it was set, else the one that the request came to. */
export class PublicUrl {
  readonly #preset: string | undefined;
  readonly #settings: SystemSettings;

  readonly #httpPort: () => number;

  /** @param httpPort where we listen: for links when no address was set */
  constructor(preset: string | undefined, settings: SystemSettings, httpPort: () => number) {
    this.#preset = preset?.replace(/\/+$/, '');
    this.#settings = settings;
    this.#httpPort = httpPort;
  }

  /** Without a slash at the end. For a request of a user who is signed in. */
  async of(request: RestRequest): Promise<string> {
    return this.#choose(request, false);
  }

  /**
   * For a request of nobody in particular: the address that was set, else this very machine. Whoever sends the request
   * chooses the host in it, and a link with a secret must not lead to a host of theirs.
   */
  async forStrangers(request: RestRequest): Promise<string> {
    return this.#choose(request, true);
  }

  async #choose(request: RestRequest, isStranger: boolean): Promise<string> {
    if (this.#preset !== undefined) return this.#preset;
    const general = await this.#settings.general();
    if (general !== undefined && (general.prohibitDifferentUrl || isStranger)) return general.baseUrl.replace(/\/+$/, '');
    return isStranger ? `http://localhost:${this.#httpPort()}` : hostOf(request);
  }
}

/** A proxy in front says what the client asked for. */
function hostOf({ headers }: RestRequest): string {
  const first = (header: string | string[] | undefined): string => [header ?? ''].flat()[0]?.split(',', 1)[0]?.trim() ?? '';
  const scheme = first(headers['x-forwarded-proto']) === 'https' ? 'https' : 'http';
  const host = [first(headers['x-forwarded-host']), first(headers.host)].find((text) => hostForm.test(text)) ?? 'localhost';
  return `${scheme}://${host}`;
}
