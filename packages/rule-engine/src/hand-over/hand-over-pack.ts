import type { Message } from '@fieldline/model';
import type { HandOver } from '@fieldline/ports';
import type { Pack } from '../queues/pack.js';
import { inTurn } from '../run/in-turn.js';
import { positionKey, resume, type Position, type Resumed } from './resume.js';

/**
 * Messages that nodes sent to a queue: each begins where it left its node, also when it is retried. With its last
 * attempt its hand-over is done.
 */
export function handOverPack(works: readonly HandOver[], messages: readonly Message[]): Pack {
  return {
    messages,
    enter(run, places) {
      const groups = new Map<string, { readonly position: Position; readonly resumed: Resumed[] }>();
      for (const place of places) {
        const work = works[place] as HandOver;
        const key = positionKey(work);
        const resumed = { work, message: messages[place] as Message, place };
        const group = groups.get(key);
        if (group === undefined) groups.set(key, { position: { at: work.at, callers: work.callers }, resumed: [resumed] });
        else group.resumed.push(resumed);
      }
      return inTurn([...groups.values()], ({ position, resumed }) => resume(run, position, resumed, false));
    },
    chainOf: (_run, place) => (works[place] as HandOver).at.ruleChainId,
    finish: (run, place) => run.later.done(works[place] as HandOver),
    again: (run, place) => run.later.waitsAgain(works[place] as HandOver),
    close: () => undefined,
  };
}
