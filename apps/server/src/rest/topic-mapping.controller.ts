import { topicMappingListSchema, topicMappingSaveSchema } from '@fieldline/api-contract';
import type { StoredMappings, TopicMappings } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { TOPIC_MAPPINGS } from './tokens.js';

const area = 'MQTT broker';
const path = '/api/broker/topicMappings';

const readMappings = defineRoute({
  method: 'GET',
  path,
  area,
  summary: 'How topics of the MQTT broker become devices and their readings.',
  permission: 'topic-mapping.read',
  response: topicMappingListSchema,
});
const saveMappings = defineRoute({
  method: 'POST',
  path,
  area,
  summary: 'Replaces the topic mappings of the tenant; they hold from the next message on.',
  permission: 'topic-mapping.write',
  body: topicMappingSaveSchema,
  response: topicMappingListSchema,
});

/** Topic mappings of the MQTT broker. */
@Controller()
export class TopicMappingController {
  readonly #mappings: TopicMappings;

  constructor(@Inject(TOPIC_MAPPINGS) mappings: TopicMappings) {
    this.#mappings = mappings;
  }

  @Handles(readMappings)
  async read(@CallerOf() caller: Caller): Promise<AnswerOf<typeof readMappings>> {
    return answer(await this.#mappings.get(caller));
  }

  @Handles(saveMappings)
  async save(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof saveMappings>): Promise<AnswerOf<typeof saveMappings>> {
    return answer(await this.#mappings.save(caller, body.mappings, body.version));
  }
}

function answer({ version, mappings }: StoredMappings): AnswerOf<typeof readMappings> {
  return { version, mappings: [...mappings] };
}
