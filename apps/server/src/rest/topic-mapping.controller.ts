import { topicMappingListSchema, topicMappingSaveSchema, topicMappingTriedSchema, topicMappingTrySchema } from '@fieldline/api-contract';
import type { StoredMappings, TopicMappings } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { isTopicTaken, mapMessage } from '@fieldline/protocol';
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
const tryMappings = defineRoute({
  method: 'POST',
  path: `${path}/try`,
  area,
  summary: 'What topic mappings would make of a message. Nothing is stored or sent.',
  permission: 'topic-mapping.read',
  body: topicMappingTrySchema,
  response: topicMappingTriedSchema,
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

  @Handles(tryMappings)
  try(@Input() { body }: InputOf<typeof tryMappings>): AnswerOf<typeof tryMappings> {
    const place = body.mappings.findIndex(({ topicFilter }) => isTopicTaken(topicFilter, body.topic));
    const mapping = body.mappings[place];
    if (mapping === undefined) return { mapping: null, device: null, values: null, fault: null };
    const mapped = mapMessage(mapping, body.topic, new TextEncoder().encode(body.payload));
    if ('fault' in mapped) return { mapping: place, device: null, values: null, fault: mapped.fault };
    return { mapping: place, device: mapped.deviceName, values: new TextDecoder().decode(mapped.payload), fault: null };
  }
}

function answer({ version, mappings }: StoredMappings): AnswerOf<typeof readMappings> {
  return { version, mappings: [...mappings] };
}
