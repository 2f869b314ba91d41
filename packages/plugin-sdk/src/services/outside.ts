import type { EntityId, Message } from '@fieldline/model';

/** PEM texts for a connection that is encrypted or proves itself. */
export interface TlsMaterial {
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly passphrase?: string | undefined;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'HEAD' | 'OPTIONS';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** 0 is as long as the platform allows. */
  readonly timeoutMs: number;
  /** Longest body of an answer, in bytes. */
  readonly answerBytesMax: number;
  readonly tls?: TlsMaterial | undefined;
  readonly proxy?:
    | { readonly host: string; readonly port: number; readonly user?: string | undefined; readonly password?: string | undefined }
    | 'system'
    | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly text: string;
}

/** Calls HTTP services. Redirects are not followed. */
export interface HttpService {
  /**
   * @throws OUTBOUND_REFUSED             never: the address is not one that nodes may reach; the remedy prints the entry to add
   * @throws OUTBOUND_URL_INVALID         never
   * @throws OUTBOUND_UNREACHABLE, OUTBOUND_TIMEOUT  later
   * @throws OUTBOUND_ANSWER_TOO_LARGE    never
   */
  request(request: HttpRequest): Promise<HttpAnswer>;
}

/** For nodes that bring a client library of their own: says where it may connect to. */
export interface NetworkService {
  /**
   * Checks a host and port before a client connects, and finds the address to use, so that a name cannot lead elsewhere afterwards.
   *
   * @throws OUTBOUND_REFUSED      never: not an address that nodes may reach; the remedy prints the entry to add
   * @throws OUTBOUND_HOST_UNKNOWN later
   */
  reach(host: string, port: number): Promise<{ readonly address: string; readonly family: 4 | 6 }>;
}

export interface OutgoingMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly isHtml: boolean;
  /** Pictures of an HTML body: data URIs by content id. */
  readonly images: Readonly<Record<string, string>>;
}

/** An SMTP server named in the settings of a node. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
  readonly requiresTls: boolean;
  /** Such as `TLSv1.2`. */
  readonly minTlsVersion?: string | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly timeoutMs: number;
  readonly proxy?:
    { readonly host: string; readonly port: number; readonly user?: string | undefined; readonly password?: string | undefined } | undefined;
}

export interface MailService {
  /**
   * @param server absent takes the one of the system
   * @throws MAIL_NOT_SENT, OUTBOUND_REFUSED
   */
  send(mail: OutgoingMail, server?: SmtpServer): Promise<void>;
}

/** The broker listener of the server itself. */
export interface BrokerService {
  /** Publishes to the clients of the tenant. @throws BROKER_OFF, BROKER_TOPIC_INVALID */
  publish(message: { readonly topic: string; readonly payload: string; readonly qos: 0 | 1 | 2; readonly isRetained: boolean }): Promise<void>;
}

/** Commands to devices, and answers to theirs. */
export interface RpcService {
  /** @throws RPC_DEVICE_UNREACHABLE, RPC_TIMEOUT, RPC_REQUEST_INVALID */
  call(message: Message, options: { readonly timeoutMs: number }): Promise<{ readonly text: string }>;
  /** Answers a device's own request. @throws RPC_DEVICE_UNREACHABLE */
  reply(
    device: EntityId,
    answer: { readonly serviceId: string; readonly sessionId: string; readonly requestId: number; readonly text: string },
  ): Promise<void>;
}

/** Answers HTTP calls that wait for a rule chain (rest-api.md §26). */
export interface RestRepliesService {
  /** To a call that is not there any more nothing is sent. */
  answer(call: { readonly serviceId: string; readonly requestId: string }, text: string): void;
}

/** What a node may say about the connection of a device. */
export interface DeviceStateService {
  /** @returns false where the device said so too often: at most 1 a second, 30 a minute, 60 an hour */
  report(device: EntityId, event: 'CONNECT_EVENT' | 'DISCONNECT_EVENT' | 'ACTIVITY_EVENT' | 'INACTIVITY_EVENT', atMs: number): Promise<boolean>;
}

/** Writes to the server's log under the node's name. */
export interface LogService {
  info(text: string): void;
}
