import { notifications } from '@mantine/notifications';
import { messageOf } from '../api/failures.js';

/** Confirms what was done. Never the only place where something important is said. */
export function confirmDone(message: string): void {
  notifications.show({ message, color: 'green', autoClose: 3_000 });
}

export function showFailure(title: string, error: unknown): void {
  notifications.show({ title, message: messageOf(error), color: 'red', autoClose: 10_000 });
}
