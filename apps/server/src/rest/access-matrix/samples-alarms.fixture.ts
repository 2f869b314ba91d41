import type { Samples } from './sample.fixture.js';
import { ref } from './things.fixture.js';

/** Alarms, their comments, the audit log and events. */
export const alarmSamples: Samples = {
  'POST /api/alarm': {
    'a new one': async ({ the }) => ({ body: { type: 'Heat', severity: 'MAJOR', originator: ref('DEVICE', await the.device()) } }),
    'an existing one': async ({ the }) => {
      const id = await the.alarm();
      const { originator } = await the.savedAlarm(id);
      return { body: { id: ref('ALARM', id), type: 'Heat', severity: 'MINOR', originator } };
    },
    'own one, with an assignee': async ({ the, mine }) => {
      const [originator, user] = [ref('DEVICE', await mine.device()), ref('USER', await the.user())];
      return { body: { type: 'Heat', severity: 'MAJOR', originator, assigneeId: user } };
    },
  },
  'POST /api/alarm/:alarmId/assign/:userId': {
    'the object, own user': async ({ the, mine }) => ({ params: { alarmId: await the.alarm(), userId: await mine.user() } }),
    'own object, the user': async ({ the, mine }) => ({ params: { alarmId: await mine.alarm(), userId: await the.user() } }),
  },
  'POST /api/alarm/:alarmId/comment': {
    'a new one': () => ({ body: { comment: { text: 'Seen.' } } }),
    'own alarm, existing comment': async ({ the, mine }) => {
      const comment = { id: await the.comment(await the.alarm(), await the.user()) };
      return { params: { alarmId: await mine.alarm() }, body: { id: comment, comment: { text: 'Mine.' } } };
    },
  },
  'DELETE /api/alarm/:alarmId/comment/:commentId': {
    'the alarm': async ({ the }) => {
      const alarmId = await the.alarm();
      return { params: { alarmId, commentId: await the.comment(alarmId, await the.user()) } };
    },
    "own alarm, the object's comment": async ({ the, mine }) => {
      const commentId = await the.comment(await the.alarm(), await the.user());
      return { params: { alarmId: await mine.alarm(), commentId } };
    },
  },
  'DELETE /api/alarm/:alarmId/assign': async ({ the }) => ({ params: { alarmId: await the.alarm({ assigneeId: await the.user() }) } }),
  'POST /api/alarm/:alarmId/shelve': ({ the }) => ({ body: { reason: 'Known.', untilTs: the.nowMs() + 60_000 } }),
  'DELETE /api/alarm/:alarmId/shelve': async ({ the }) => ({
    params: { alarmId: await the.alarm({ details: { shelved: { untilTs: the.nowMs() + 60_000 } } }) },
  }),
  'GET /api/events/:entityType/:entityId/:eventType': ({ the }) => ({ params: { eventType: 'LC_EVENT' }, query: { tenantId: the.tenant() } }),
  'GET /api/events/:entityType/:entityId': ({ the }) => ({ query: { tenantId: the.tenant() } }),
  'POST /api/events/:entityType/:entityId': ({ the }) => ({ query: { tenantId: the.tenant() }, body: { eventType: 'LC_EVENT' } }),
  'POST /api/events/:entityType/:entityId/clear': () => ({ body: { eventType: 'LC_EVENT' } }),
};
