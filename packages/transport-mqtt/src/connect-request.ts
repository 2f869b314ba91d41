import type { IConnackPacket, IConnectPacket } from 'mqtt-packet';
import type { Problem } from '@fieldline/kernel';
import type { DeviceClaim } from '@fieldline/ports';
import type { MqttLimits } from './limits.js';
import { Reason, ReturnCode } from './reason-codes.js';

/** What a CONNECT asked for, as far as we look at it. */
export interface ConnectRequest {
  readonly version: 3 | 4 | 5;
  readonly clientId: string;
  readonly userName: string | undefined;
  readonly password: string | undefined;
  readonly isClean: boolean;
  /** 0 for none. */
  readonly keepAliveMs: number;
  /** QoS 1 packets the client takes before it acknowledges one. */
  readonly receiveMaximum: number;
  readonly packetBytesMax: number;
  readonly hasAuthenticationMethod: boolean;
}

/** Why a CONNECT is refused, in the words of both protocol generations. */
export interface Refusal {
  readonly reason: number;
  readonly returnCode: number;
}

/** Reads a CONNECT that `decodeControl` has checked. */
export function connectRequestOf(packet: IConnectPacket): ConnectRequest {
  const { properties } = packet;
  return {
    version: packet.protocolVersion ?? 4,
    clientId: packet.clientId,
    userName: packet.username,
    password: packet.password?.toString('utf8'),
    isClean: packet.clean === true,
    keepAliveMs: (packet.keepalive ?? 0) * 1_000,
    receiveMaximum: properties?.receiveMaximum ?? 0xffff,
    packetBytesMax: properties?.maximumPacketSize ?? Number.MAX_SAFE_INTEGER,
    hasAuthenticationMethod: properties?.authenticationMethod !== undefined,
  };
}

/** What is wrong with a CONNECT that is well-formed; undefined where nothing is. */
export function refusalOf(request: ConnectRequest): Refusal | undefined {
  // MQTT 3.1.1 §3.1.3.1: a client without a name cannot ask for a session to be kept.
  if (request.version !== 5 && request.clientId === '' && !request.isClean) {
    return { reason: Reason.identifierInvalid, returnCode: ReturnCode.identifierRejected };
  }
  if (request.hasAuthenticationMethod) return { reason: Reason.badAuthenticationMethod, returnCode: ReturnCode.notAuthorized };
  return undefined;
}

/** The claim to authenticate; the gateway looks for a token in the user name too. */
export function claimOf({ clientId, userName, password }: ConnectRequest): DeviceClaim {
  return { kind: 'mqtt-basic', clientId, userName, password };
}

/** The codes of device-api.md §3.3 for credentials the gateway refused. */
export function credentialsRefusal(request: ConnectRequest, problem: Problem): Refusal {
  if (problem.kind === 'limit-exceeded') return { reason: Reason.connectionRateExceeded, returnCode: ReturnCode.serverUnavailable };
  if (problem.kind !== 'unauthenticated') return { reason: Reason.serverUnavailable, returnCode: ReturnCode.serverUnavailable };
  if (request.userName !== undefined || request.password !== undefined) {
    return { reason: Reason.badUserNameOrPassword, returnCode: ReturnCode.notAuthorized };
  }
  return request.clientId.trim() === ''
    ? { reason: Reason.notAuthorized, returnCode: ReturnCode.notAuthorized }
    : { reason: Reason.identifierInvalid, returnCode: ReturnCode.identifierRejected };
}

/** The CONNACK of a refusal. */
export function refusedConnack(refusal: Refusal): IConnackPacket {
  return { cmd: 'connack', sessionPresent: false, returnCode: refusal.returnCode, reasonCode: refusal.reason };
}

/** The CONNACK of a session; no session state is ever kept, and MQTT 5 clients are told so (device-api.md §3.3). */
export function acceptedConnack(request: ConnectRequest, limits: MqttLimits, connectionNumber: number): IConnackPacket {
  const properties = {
    sessionExpiryInterval: 0,
    receiveMaximum: limits.receiveMaximum,
    topicAliasMaximum: limits.topicAliasMaximum,
    ...(request.clientId === '' ? { assignedClientIdentifier: `fieldline-${connectionNumber}` } : {}),
  };
  return { cmd: 'connack', sessionPresent: false, returnCode: 0, reasonCode: 0, ...(request.version === 5 ? { properties } : {}) };
}
