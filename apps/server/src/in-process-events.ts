import type { Log } from '@fieldline/kernel';
import type { ControlEvent, ControlEvents } from '@fieldline/ports';

/** Control events within one process: each is handed to every listener at once. */
export function inProcessEvents(log: Log): ControlEvents {
  const listeners = new Set<(event: ControlEvent) => void>();
  return {
    publish(event) {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          log.error('control-event-failed', { kind: event.kind, id: event.id, error });
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
