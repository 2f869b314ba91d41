import { Agent, request } from 'coap';
import { isIPv6 } from 'node:net';
import { cliErrors } from '../errors.js';
import type { Reading } from './reading.js';
import { reasonOf, refusal } from './refusal.js';

/**
 * Posts a reading to the CoAP device API as a confirmable request. Resolves when the server has stored it.
 *
 * @throws CLI_UNREACHABLE, CLI_NO_ANSWER, CLI_TOKEN_REFUSED, CLI_READING_REFUSED, CLI_SERVER_TROUBLE
 */
export async function sendCoap({ host, port, token, payload, answerWaitMs }: Reading): Promise<string> {
  const agent = new Agent({ type: isIPv6(host) ? 'udp6' : 'udp4' });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const timer = setTimeout(() => reject(cliErrors.NO_ANSWER({ host, port, waitedMs: answerWaitMs })), answerWaitMs);
  try {
    const outgoing = request({ host, port, method: 'POST', pathname: `/api/v1/${encodeURIComponent(token)}/telemetry`, confirmable: true, agent });
    outgoing.setOption('Content-Format', 'application/json');
    outgoing.on('error', (error: unknown) => reject(cliErrors.UNREACHABLE({ host, port, reason: reasonOf(error) }, { cause: error })));
    outgoing.on('response', (response: { code: string; payload: Buffer }) => {
      const answer = `CoAP ${response.code} ${response.payload.toString()}`.trim();
      if (response.code.startsWith('2.')) resolve(answer);
      // 4.04 is to CoAP what 404 is to HTTP (RFC 7252 §5.9).
      else reject(refusal(Number(response.code.replace('.', '')), answer));
    });
    outgoing.end(Buffer.from(payload));
    return await promise;
  } finally {
    clearTimeout(timer);
    agent.close();
  }
}
