import type { EntityId, Message } from '@fieldline/model';
import type { RpcService } from '../../services/index.js';
import { refused } from './problem.js';

/** A command a node sent, with the time it was ready to wait. */
export interface SentCommand {
  readonly message: Message;
  readonly timeoutMs: number;
}

/** What a node answered to a request of a device. */
export interface DeviceReply {
  readonly device: EntityId;
  readonly serviceId: string;
  readonly sessionId: string;
  readonly requestId: number;
  readonly text: string;
}

/** Answers commands with what `reply` returns; a reply that throws is the device's error. Without one no device is reachable. */
export function recordedRpc(sent: SentCommand[], reply: ((message: Message) => string) | undefined, replies: DeviceReply[]): RpcService {
  return {
    async call(message, { timeoutMs }) {
      sent.push({ message, timeoutMs });
      if (reply === undefined) throw refused('RPC_DEVICE_UNREACHABLE', 'No device answers in this test.', 'unavailable');
      return await Promise.resolve({ text: reply(message) });
    },
    reply(device, answer) {
      replies.push({ device, ...answer });
      return Promise.resolve();
    },
  };
}
