import { pluginToWire, wirePluginSchema } from '@fieldline/api-contract';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf } from './route.js';
import { defineRoute, Handles } from './route.js';
import { REST_DEPS } from './tokens.js';

const list = defineRoute({
  method: 'GET',
  path: '/api/fieldline/plugins',
  area: 'Plugins',
  summary: 'The plugins of the plugins folder: what they have, whether they run, and what keeps one from being used.',
  permission: 'plugin.read',
  response: z.array(wirePluginSchema),
});

/** Plugins of third parties. */
@Controller()
export class PluginController {
  readonly #plugins: RestDeps['plugins'];

  constructor(@Inject(REST_DEPS) { plugins }: RestDeps) {
    this.#plugins = plugins;
  }

  @Handles(list)
  async list(): Promise<AnswerOf<typeof list>> {
    return (await this.#plugins.statuses()).map(pluginToWire);
  }
}
