/** Reason codes of MQTT 5 that this server says (MQTT 5 §2.4). Negative numbers are not used by the protocol. */
export const Reason = {
  success: 0x00,
  noSubscription: 0x11,
  malformedPacket: 0x81,
  protocolError: 0x82,
  implementationError: 0x83,
  identifierInvalid: 0x85,
  badUserNameOrPassword: 0x86,
  notAuthorized: 0x87,
  serverUnavailable: 0x88,
  serverShuttingDown: 0x8b,
  badAuthenticationMethod: 0x8c,
  keepAliveTimeout: 0x8d,
  sessionTakenOver: 0x8e,
  topicFilterInvalid: 0x8f,
  topicNameInvalid: 0x90,
  packetIdentifierNotFound: 0x92,
  receiveMaximumExceeded: 0x93,
  topicAliasInvalid: 0x94,
  quotaExceeded: 0x97,
  administrativeAction: 0x98,
  payloadFormatInvalid: 0x99,
  connectionRateExceeded: 0x9f,
  maximumConnectTime: 0xa0,
} as const;

/** CONNACK return codes of MQTT 3.1 and 3.1.1. */
export const ReturnCode = { unacceptableVersion: 1, identifierRejected: 2, serverUnavailable: 3, notAuthorized: 5 } as const;

/** SUBACK code for a refused filter in MQTT 3.1.1. */
export const SUBSCRIBE_FAILURE = 0x80;
