import type { AlarmComment, User } from '@fieldline/model';
import * as z from 'zod';
import { idOf } from './device.js';
import { idReferenceSchema, optionalWireId, uuidSchema, wireId, wireIdSchema } from './wire-id.js';

const freeJson = z.record(z.string(), z.json());

/** What somebody, or we ourselves, noted at an alarm (rest-api.md §18). */
export const wireAlarmCommentSchema = z.strictObject({
  id: z.strictObject({ id: uuidSchema.describe('UUID.') }).describe('Id of the comment.'),
  createdTime: z.int().describe('When it was written, in milliseconds since 1970.'),
  alarmId: wireIdSchema('ALARM').describe('Alarm it is about.'),
  userId: wireIdSchema('USER').nullable().describe('Author; null where we made it.'),
  type: z.enum(['OTHER', 'SYSTEM']).describe('SYSTEM where we made it.'),
  comment: freeJson.describe('`text`, and for system comments what happened.'),
  name: z.string().describe('Always the comment as JSON text.'),
});
export type WireAlarmComment = z.infer<typeof wireAlarmCommentSchema>;

export const wireAlarmCommentInfoSchema = z.strictObject({
  ...wireAlarmCommentSchema.shape,
  firstName: z.string().nullable().describe('Given name of the author.'),
  lastName: z.string().nullable().describe('Family name of the author.'),
  email: z.string().nullable().describe('Email of the author.'),
});
export type WireAlarmCommentInfo = z.infer<typeof wireAlarmCommentInfoSchema>;

/** Body of `POST /api/alarm/{id}/comment`: with `id` it edits. */
export const alarmCommentSaveSchema = z.object({
  id: idReferenceSchema.nullish().describe('Comment to edit.'),
  comment: freeJson.nullish().describe('`text`, and whatever else the client wants to keep.'),
});

/** What a request says about a comment. */
export function alarmCommentDraftOf(save: z.output<typeof alarmCommentSaveSchema>) {
  return { id: idOf(save.id), comment: save.comment ?? undefined };
}

export function alarmCommentToWire(comment: AlarmComment): WireAlarmComment {
  return {
    id: { id: comment.id },
    createdTime: comment.createdAtMs,
    alarmId: wireId('ALARM', comment.alarmId),
    userId: optionalWireId('USER', comment.userId),
    type: comment.type,
    comment: comment.comment,
    name: JSON.stringify(comment.comment),
  };
}

/** @param author undefined where we made it or the user is gone */
export function alarmCommentInfoToWire(comment: AlarmComment, author: User | undefined): WireAlarmCommentInfo {
  return {
    ...alarmCommentToWire(comment),
    firstName: author?.firstName ?? null,
    lastName: author?.lastName ?? null,
    email: author?.email ?? null,
  };
}
