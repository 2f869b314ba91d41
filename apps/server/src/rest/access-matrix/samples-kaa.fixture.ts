import type { Making, Sample, Samples } from './sample.fixture.js';

/** Devices of the samples have the default profile, so that is the application and its one version. */
const application = 'default';
const seriesPath = '/epts/api/v1/applications/:application/time-series';
const settingsPath = '/tekton/api/v1/app-configs/applications/:application';

/** About an endpoint of the row's owner. */
const asked =
  (more: (endpointId: string) => ReturnType<Sample>): Sample =>
  async ({ the }: Making) => ({ params: { application }, ...(await more(await the.device())) });
const settings = { 'time-series': { 'auto-extract': true } };

/** Time series of Kaa and their configuration. */
export const kaaSamples: Samples = {
  'GET /epts/api/v1/time-series/config': () => ({ query: { applicationNames: application } }),
  [`GET ${seriesPath}/last`]: asked((endpointId) => ({ query: { endpointId } })),
  [`POST ${seriesPath}/last`]: asked((endpointId) => ({ body: { endpointIDs: [endpointId] } })),
  [`GET ${seriesPath}/data`]: asked((endpointId) => ({
    query: { endpointId, timeSeriesName: 't', fromDate: '1970-01-01T00:00:00Z', toDate: '2100-01-01T00:00:00Z' },
  })),
  'PUT /epts/api/v1/app-versions/:appVersion/time-series/data': async ({ the }) => ({
    params: { appVersion: application },
    body: { [await the.device()]: { t: [{ timestamp: '2020-01-01T00:00:00Z', values: { value: 1 } }] } },
  }),
  [`GET ${settingsPath}`]: () => ({ params: { application }, query: { serviceInstanceName: 'epts' } }),
  [`PUT ${settingsPath}`]: () => ({
    params: { application },
    query: { serviceInstanceName: 'epts' },
    body: { epts: { kaa: { applications: { [application]: settings } } } },
  }),
  [`PATCH ${settingsPath}`]: () => ({
    params: { application },
    query: { serviceInstanceName: 'epts' },
    body: { epts: { kaa: { applications: { [application]: settings } } } },
  }),
  [`GET ${settingsPath}/app-versions/:appVersion`]: () => ({
    params: { application, appVersion: application },
    query: { serviceInstanceName: 'epts' },
  }),
  [`PUT ${settingsPath}/app-versions/:appVersion`]: () => ({
    params: { application, appVersion: application },
    query: { serviceInstanceName: 'epts' },
    body: { epts: { kaa: { applications: { [application]: { versions: { [application]: settings } } } } } },
  }),
  [`PATCH ${settingsPath}/app-versions/:appVersion`]: () => ({
    params: { application, appVersion: application },
    query: { serviceInstanceName: 'epts' },
    body: { epts: { kaa: { applications: { [application]: { versions: { [application]: settings } } } } } },
  }),
};
