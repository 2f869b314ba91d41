import type * as z from 'zod';
import type { CommandContext } from './command-context.js';

/** What every command has: the id its client chose, unique among the commands of a socket. */
export interface CommandBody {
  readonly cmdId: number;
}

/**
 * A kind of command: how one reads, what may be wrong with it, and what it does. Each is a module of its own;
 * `commandKinds` lists them. What is common to all is done by the session: it checks the id, counts what is open, lets a few
 * read at a time, answers errors and ends everything with the socket.
 */
export interface CommandKind<C extends CommandBody> {
  readonly type: string;
  /** A message in which a command does not fit is refused as a whole (websocket-api.md §3.4). */
  readonly schema: z.ZodType<C>;
  /**
   * Of version 1 any number may be open with the same id (websocket-api.md §4.3). Of version 2 there is one: a further command of
   * its type goes to `OpenedCommand.update`, one of another type takes its place.
   */
  readonly version: 1 | 2;
  /** Whether it counts where the profile of a tenant limits subscriptions, which are those of version 1. */
  readonly isSubscription?: boolean;
  /** What is wrong with a command, as ThingsBoard says it; answered with errorCode 2. */
  faultOf?(command: C): string | undefined;
  /** Whether the command only ends those of its version that have its id, or all the socket has open. */
  endsBy?(command: C): 'id' | 'socket' | undefined;
  /**
   * Does what the command asks for. Whatever it starts, it hands to `context.onEnd`; after each `await` it looks at
   * `context.isEnded`. What it throws is answered by `failureFrame` and ends the command.
   *
   * @returns what stays open under the id; nothing where the answer was all
   */
  open(command: C, context: CommandContext): Promise<OpenedCommand<C> | undefined>;
  /** The frame that answers an error; absent: `failureFrame` of `failure-frame.ts`. */
  failureFrame?(command: C, error: unknown): string;
}

/** A command that stays open. */
export interface OpenedCommand<C extends CommandBody> {
  /**
   * Takes a further command with the same id and type, when what came before has been done with. What it throws is answered, and
   * leaves the command open. Absent: it is ignored.
   */
  update?(command: C): Promise<void>;
}
