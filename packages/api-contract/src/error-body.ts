import * as z from 'zod';

/** ThingsBoard's error codes, as far as the API answers with them (rest-api.md §2). */
export const wireErrorCodes = {
  general: 2,
  authentication: 10,
  tokenExpired: 11,
  credentialsExpired: 15,
  permissionDenied: 20,
  invalidArguments: 30,
  badRequest: 31,
  notFound: 32,
  tooManyRequests: 33,
  versionConflict: 35,
  entitiesLimit: 41,
  passwordViolation: 45,
} as const;
export type WireErrorCode = (typeof wireErrorCodes)[keyof typeof wireErrorCodes];

/** Body of every failed request, except those of the telemetry routes, which answer plain text. */
export const errorBodySchema = z.strictObject({
  status: z.int().describe('HTTP status, repeated.'),
  message: z.string().describe('What went wrong, for people.'),
  errorCode: z
    .int()
    .describe('What went wrong, for programs: 10 sign-in, 11 token expired, 20 permission, 31 bad request, 32 not found, 35 version conflict.'),
  timestamp: z.int().describe('When, in milliseconds since 1970.'),
  entityType: z.string().optional().describe('Only with 41, too many entities: of which type.'),
  limit: z.number().optional().describe('Only with 41: how many the tenant may have.'),
  resetToken: z.string().optional().describe('Only with 15, password expired: lets the user set a new one.'),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;

/** Response header that carries our own code of the problem, such as `DIRECTORY_DEVICE_NAME_TAKEN`. */
export const problemCodeHeader = 'x-fieldline-problem';
