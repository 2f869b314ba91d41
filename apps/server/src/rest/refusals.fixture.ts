import { expect } from 'vitest';

// Answers to requests that fail, as the compatible API words them (rest-api.md §2).

export const failure = (status: number, errorCode: number, message: string) => ({
  status,
  body: { status, errorCode, message, timestamp: expect.any(Number) },
});
export const refused = (message: string) => failure(400, 31, message);
export const denied = failure(403, 20, "You don't have permission to perform this operation!");
export const absent = failure(404, 32, "Requested item wasn't found!");
