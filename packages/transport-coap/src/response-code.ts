import type { Problem } from '@fieldline/kernel';

/** The response code for a problem (device-api.md §10.2, RFC 7252 §5.9, RFC 7959 §2.9). */
export function responseCode(problem: Pick<Problem, 'code' | 'kind'>): string {
  return specialCodes[problem.code] ?? codeOfKind[problem.kind];
}

const specialCodes: Readonly<Record<string, string>> = {
  COAP_OPTION_UNKNOWN: '4.02',
  COAP_METHOD_NOT_ALLOWED: '4.05',
  COAP_BLOCK_OUT_OF_ORDER: '4.08',
  COAP_BODY_TOO_LARGE: '4.13',
  PROTOCOL_PAYLOAD_TOO_LARGE: '4.13',
  COAP_FEATURE_UNSUPPORTED: '5.01',
  COAP_PROXY_UNSUPPORTED: '5.05',
};

const codeOfKind: Readonly<Record<Problem['kind'], string>> = {
  'invalid-input': '4.00',
  unauthenticated: '4.01',
  // The transport of the profile is not CoAP; ThingsBoard calls that an internal error.
  forbidden: '5.00',
  'not-found': '4.04',
  conflict: '5.00',
  'limit-exceeded': '5.00',
  unavailable: '5.03',
  internal: '5.00',
};
