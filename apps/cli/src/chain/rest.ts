import { cliErrors } from '../errors.js';
import { ANSWER_CHARACTERS_MAX, REST_WAIT_MS } from '../limits.js';
import { reasonOf } from '../send/refusal.js';

/** Calls of the REST API with an API key. */
export class Rest {
  readonly #url: URL;
  readonly #key: string;

  constructor(url: URL, key: string) {
    this.#url = url;
    this.#key = key;
  }

  /** @throws CLI_UNREACHABLE, CLI_CALL_REFUSED */
  async call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(new URL(path, this.#url), {
      method,
      headers: { 'x-authorization': `ApiKey ${this.#key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(REST_WAIT_MS),
    }).catch((error: unknown) => {
      const { hostname, port, protocol } = this.#url;
      throw cliErrors.UNREACHABLE(
        { host: hostname, port: Number(port || (protocol === 'https:' ? 443 : 80)), reason: reasonOf(error) },
        { cause: error },
      );
    });
    const text = await response.text();
    if (!response.ok)
      throw cliErrors.CALL_REFUSED({ call: `${method} ${path}`, answer: `${response.status} ${text.slice(0, ANSWER_CHARACTERS_MAX)}` });
    return text === '' ? undefined : JSON.parse(text);
  }
}
