import { defineErrors } from '@fieldline/kernel';

const invalid = { kind: 'invalid-input', retry: 'never' } as const;

/** Errors of Kaa time series, for devices that send them and programs that read and publish them. */
export const kaaErrors = defineErrors('KAA', {
  SAMPLE_TIME_UNREADABLE: {
    ...invalid,
    message: (d: { path: string; format: string }) => `A data sample has no time at ${d.path} that can be read as ${d.format}.`,
    remedy: 'Send the time as the application is configured, or set its fallback strategy to server-timestamp.',
  },
  NAME_UNKNOWN: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { name: string }) => `There is no application or application version ${d.name}, or you may not see it.`,
    remedy: 'Take the application version of a device profile; without its suffix it is the application.',
  },
  ENDPOINT_UNKNOWN: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { endpointId: string; application: string }) =>
      `The application ${d.application} has no endpoint ${d.endpointId}, or you may not see it.`,
    remedy: 'Take the id of a device whose profile is a version of the application.',
  },
  ENDPOINTS_TOO_MANY: {
    ...invalid,
    message: (d: { endpointsMax: number }) => `The request is about more than ${d.endpointsMax} endpoints.`,
    remedy: 'Name some of them with endpointId, and ask several times.',
  },
  ANSWER_TOO_LARGE: {
    ...invalid,
    message: (d: { valuesMax: number }) => `The answer would have more than ${d.valuesMax} values.`,
    remedy: 'Name fewer endpoints or time series, and ask several times.',
  },
  POINTS_TOO_MANY: {
    ...invalid,
    message: (d: { valuesMax: number }) => `The request has more than ${d.valuesMax} values.`,
    remedy: 'Publish the points in several requests.',
  },
  VALUE_NAME_INVALID: {
    ...invalid,
    message: (d: { series: string; value: string }) => `The value ${d.value} of the time series ${d.series} cannot be stored under these names.`,
    remedy: 'Name series by letters, digits, - and _, and values without \\ ^ $ \' " = , < > { } and none of Kaa’s reserved names.',
  },
});
