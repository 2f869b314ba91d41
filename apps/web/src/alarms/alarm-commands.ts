import { alarmApi } from '../api/alarm-api.js';
import type { Command } from './run-on-each.js';

export const acknowledge: Command = {
  name: 'Acknowledge',
  done: 'acknowledged',
  isDone: ({ acknowledged }) => acknowledged,
  run: alarmApi.acknowledge,
};
export const clear: Command = { name: 'Clear', done: 'cleared', isDone: ({ cleared }) => cleared, run: alarmApi.clear };
export const assignTo = (userId: string): Command => ({
  name: 'Assign to me',
  done: 'assigned to you',
  isDone: ({ assigneeId }) => assigneeId?.id === userId,
  run: (alarmId) => alarmApi.assign(alarmId, userId),
});
