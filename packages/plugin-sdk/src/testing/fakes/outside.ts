import type { EntityId } from '@fieldline/model';
import type {
  BrokerService,
  DeviceStateService,
  HttpAnswer,
  HttpRequest,
  HttpService,
  MailService,
  NetworkService,
  OutgoingMail,
  RestRepliesService,
  SmtpServer,
} from '../../services/index.js';
import { refused } from './problem.js';

/** Answers HTTP requests with what `answer` returns; what it throws is the error of the call. */
export function answeredHttp(requests: HttpRequest[], answer: ((request: HttpRequest) => HttpAnswer | Promise<HttpAnswer>) | undefined): HttpService {
  return {
    async request(request) {
      requests.push(request);
      if (answer === undefined) throw refused('OUTBOUND_UNREACHABLE', 'Nothing answers in this test.', 'unavailable');
      return await answer(request);
    },
  };
}

/** Lets clients connect wherever the test runs its server. */
export const openNetwork: NetworkService = {
  reach: (host) => Promise.resolve({ address: host === 'localhost' ? '127.0.0.1' : host, family: 4 as const }),
};

export interface SentMail {
  readonly mail: OutgoingMail;
  readonly server: SmtpServer | undefined;
}

export function recordedMail(sent: SentMail[]): MailService {
  return {
    send(mail, server) {
      sent.push({ mail, server });
      return Promise.resolve();
    },
  };
}

/** A publication to the broker of the server. */
export type Publication = Parameters<BrokerService['publish']>[0];

export function recordedBroker(published: Publication[]): BrokerService {
  return {
    publish(message) {
      published.push(message);
      return Promise.resolve();
    },
  };
}

export interface RestAnswer {
  readonly serviceId: string;
  readonly requestId: string;
  readonly text: string;
}

export const recordedRestReplies = (answers: RestAnswer[]): RestRepliesService => ({
  answer: (call, text) => void answers.push({ ...call, text }),
});

export interface StateReport {
  readonly device: EntityId;
  readonly event: string;
  readonly atMs: number;
}

/** Takes one report of a device within a second, as the real one does. */
export function recordedDeviceState(reports: StateReport[]): DeviceStateService {
  return {
    report(device, event, atMs) {
      if (reports.some((one) => one.device.id === device.id && Math.abs(one.atMs - atMs) < 1_000)) return Promise.resolve(false);
      reports.push({ device, event, atMs });
      return Promise.resolve(true);
    },
  };
}
