import { cliErrors } from '../errors.js';
import type { Reading } from './reading.js';
import { reasonOf, refusal } from './refusal.js';

/**
 * Posts a reading to the HTTP device API. Resolves when the server has stored it.
 *
 * @throws CLI_UNREACHABLE, CLI_NO_ANSWER, CLI_TOKEN_REFUSED, CLI_READING_REFUSED, CLI_SERVER_TROUBLE
 */
export async function sendHttp({ host, port, token, payload, answerWaitMs }: Reading): Promise<string> {
  const response = await fetch(`http://${hostInUrl(host)}:${port}/api/v1/${encodeURIComponent(token)}/telemetry`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: payload,
    signal: AbortSignal.timeout(answerWaitMs),
  }).catch((error: unknown) => {
    if (error instanceof Error && error.name === 'TimeoutError') throw cliErrors.NO_ANSWER({ host, port, waitedMs: answerWaitMs }, { cause: error });
    throw cliErrors.UNREACHABLE({ host, port, reason: reasonOf(error) }, { cause: error });
  });
  const body = (await response.text()).trim();
  if (!response.ok) throw refusal(response.status, `${response.status} ${body === '' ? response.statusText : body}`.trim());
  return `HTTP ${response.status}`;
}

function hostInUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
