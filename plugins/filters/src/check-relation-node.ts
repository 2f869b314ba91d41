import {
  allAtOnce,
  defineRuleNode,
  entityTypes,
  route,
  z,
  type EntityId,
  type Message,
  type Outcome,
  type RelationsService,
} from '@fieldline/plugin-sdk';
import { filterErrors } from './errors.js';

const config = z.strictObject({
  direction: z
    .enum(['FROM', 'TO'])
    .describe('FROM: the relation starts at the originator of the message. TO: it ends there.')
    .meta({ title: 'Direction' }),
  relationType: z.string().min(1).max(255).describe('Type of the relation, for example Contains.').meta({ title: 'Relation type' }),
  checkForSingleEntity: z
    .boolean()
    .default(true)
    .describe('Whether the relation must be to one certain entity, or to any.')
    .meta({ title: 'Check relation to specific entity' }),
  entityType: z
    .enum([...entityTypes, ''])
    .nullish()
    .describe('Type of the entity at the other end.')
    .meta({ title: 'Entity type' }),
  entityId: z.string().nullish().describe('Id of the entity at the other end.').meta({ title: 'Entity id' }),
});
type Settings = z.infer<typeof config>;

/** Sends a message by `True` where its originator has a relation, to one entity or to any. */
export const checkRelationNode = defineRuleNode({
  type: 'filter.check-relation',
  version: 1,
  migrate: { 0: withFlippedDirection },
  category: 'filter',
  title: 'Check relation presence',
  summary: 'Asks whether the originator has a certain relation.',
  docs: [
    'With *relation to specific entity* the other end must be the entity named; it must exist when the chain starts. Without it, any relation of the',
    'type in the direction is enough.',
  ].join('\n'),
  icon: 'affiliate',
  thingsboard: { className: 'org.thingsboard.rule.engine.filter.TbCheckRelationNode', configurationVersion: 1 },
  relationTypes: ['True', 'False'],
  config,
  defaults: { direction: 'FROM', relationType: 'Contains', checkForSingleEntity: true, entityType: null, entityId: null },
  examples: [
    {
      title: 'A device that nothing contains.',
      config: { direction: 'TO', checkForSingleEntity: false },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'False',
    },
  ],
  needs: ['relations', 'entities'],
  async onStart({ config: settings, entities }) {
    if (!settings.checkForSingleEntity) return;
    const entity = entityOf(settings);
    if ((await entities.find(entity)) === undefined) throw filterErrors.ENTITY_NOT_FOUND(entity);
  },
  onMessage: (message, { config: settings, relations }) => checked(message, settings, relations),
  onBatch: (messages, { config: settings, relations }) => allAtOnce(messages, (message) => checked(message, settings, relations)),
});

async function checked(message: Message, settings: Settings, relations: RelationsService): Promise<Outcome<'True' | 'False', never>> {
  const { direction, relationType: type } = settings;
  const { originator } = message;
  if (!settings.checkForSingleEntity) {
    const found = await relations.of(originator, direction, type);
    return route(found.length > 0 ? 'True' : 'False', message);
  }
  const entity = entityOf(settings);
  const [from, to] = direction === 'FROM' ? [originator, entity] : [entity, originator];
  return route((await relations.exists({ from, to, type })) ? 'True' : 'False', message);
}

function entityOf({ entityType, entityId }: Settings): EntityId {
  if (!entityType || !entityId) throw filterErrors.ENTITY_MISSING();
  return { entityType, id: entityId };
}

/** Version 0 looked from the other end. */
function withFlippedDirection(old: unknown): unknown {
  const { direction, ...rest } = old as { readonly direction?: unknown };
  if (direction !== 'FROM' && direction !== 'TO') throw filterErrors.DIRECTION_MISSING();
  return { ...rest, direction: direction === 'FROM' ? 'TO' : 'FROM' };
}
