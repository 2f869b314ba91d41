import { SeldomWarnings } from '../../seldom-warnings.js';
import { Gate } from '../gate.js';
import { liveErrors } from '../errors.js';
import { ENTITIES_ON_PAGES_MAX, ENTITIES_PER_SOCKET_MAX, REFRESHES_AT_ONCE } from './limits.js';
import { UpdateRenderings } from './update-renderings.js';

/** What the commands about many entities of all sockets share. */
export class EntityPages {
  readonly renderings = new UpdateRenderings();
  /** Lets a few pages be evaluated again at a time. */
  readonly refreshes = new Gate(REFRESHES_AT_ONCE);
  /** Of what could not be evaluated again. */
  readonly warnings: SeldomWarnings;
  readonly #bySocket = new Map<object, number>();
  #size = 0;

  constructor(parts: ConstructorParameters<typeof SeldomWarnings>[0]) {
    this.warnings = new SeldomWarnings(parts);
  }

  /** Entities on pages now. */
  get size(): number {
    return this.#size;
  }

  /**
   * Counts entities that come onto a page of a socket, or with a negative number leave it.
   *
   * @param socket whatever stands for it
   * @throws LIVE_TOO_MANY_ENTITIES
   */
  count(socket: object, change: number): void {
    const ofSocket = (this.#bySocket.get(socket) ?? 0) + change;
    if (change > 0 && ofSocket > ENTITIES_PER_SOCKET_MAX) throw liveErrors.TOO_MANY_ENTITIES({ entitiesMax: ENTITIES_PER_SOCKET_MAX, of: 'socket' });
    if (change > 0 && this.#size + change > ENTITIES_ON_PAGES_MAX) {
      throw liveErrors.TOO_MANY_ENTITIES({ entitiesMax: ENTITIES_ON_PAGES_MAX, of: 'server' });
    }
    this.#size += change;
    if (ofSocket === 0) this.#bySocket.delete(socket);
    else this.#bySocket.set(socket, ofSocket);
  }
}
