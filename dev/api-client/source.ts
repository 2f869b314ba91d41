import { format, resolveConfig } from 'prettier';
// An application exports nothing, and the document must be the one the server serves.
// eslint-disable-next-line @nx/enforce-module-boundaries
import { allRoutes } from '../../apps/server/src/rest/controllers.js';
// eslint-disable-next-line @nx/enforce-module-boundaries
import { openApiDocument } from '../../apps/server/src/rest/openapi.js';
import { clientTypes, type OpenApi } from './openapi-types.js';

/** Where the generated file is, from the root of the repository. */
export const clientTypesPath = 'packages/api-client/src/generated/api.ts';

/** The file as it should be now. */
export async function clientTypesSource(): Promise<string> {
  const types = clientTypes(openApiDocument(allRoutes(), '0.0.0') as unknown as OpenApi);
  return format(types, { ...(await resolveConfig(clientTypesPath)), parser: 'typescript' });
}
