import { assetImportSchema, deviceImportSchema, importParametersSchema, importResultSchema } from '@fieldline/api-contract';
import type { DirectoryDeps } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import { importTable } from './import-table.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { DIRECTORY_DEPS, REST_DEPS } from './tokens.js';

const importDevices = defineRoute({
  method: 'POST',
  path: '/api/device/bulk_import',
  area: 'Devices',
  summary: 'Creates and changes devices from a table of separated values.',
  permission: 'device.import',
  query: importParametersSchema,
  body: deviceImportSchema,
  response: importResultSchema,
});
const importAssets = defineRoute({
  method: 'POST',
  path: '/api/asset/bulk_import',
  area: 'Assets',
  summary: 'Creates and changes assets from a table of separated values.',
  permission: 'asset.import',
  query: importParametersSchema,
  body: assetImportSchema,
  response: importResultSchema,
});

/** Imports of many entities at once. */
@Controller()
export class BulkImportController {
  readonly #deps: DirectoryDeps & Pick<RestDeps, 'commands'>;

  constructor(@Inject(DIRECTORY_DEPS) deps: DirectoryDeps, @Inject(REST_DEPS) { commands }: RestDeps) {
    this.#deps = { ...deps, commands };
  }

  @Handles(importDevices)
  devices(@CallerOf() caller: Caller, @Input() { query, body }: InputOf<typeof importDevices>): Promise<AnswerOf<typeof importDevices>> {
    return importTable(this.#deps, 'device', caller, body, { isDryRun: query.dryRun, fromLine: query.from });
  }

  @Handles(importAssets)
  assets(@CallerOf() caller: Caller, @Input() { query, body }: InputOf<typeof importAssets>): Promise<AnswerOf<typeof importAssets>> {
    return importTable(this.#deps, 'asset', caller, body, { isDryRun: query.dryRun, fromLine: query.from });
  }
}
