import { attributesCommandSchema, liveDataOf, type AttributesCommand } from '@fieldline/api-contract';
import { visibleTo } from '@fieldline/directory';
import { attributeScopes, type Attribute, type AttributeScope, type DataPoint } from '@fieldline/model';
import { attributesOf } from '../told-values.js';
import type { CommandContext } from './command-context.js';
import type { CommandKind, OpenedCommand } from './command-kind.js';
import { openSubscription } from './open-subscription.js';
import { entityOf, keysOf, targetEnd, targetFault, valuesFailure } from './values-target.js';

/** Attributes of an entity, and each save of them (websocket-api.md §4.2). */
export const attributesKind: CommandKind<AttributesCommand> = {
  type: 'ATTRIBUTES',
  schema: attributesCommandSchema,
  version: 1,
  isSubscription: true,
  faultOf: targetFault,
  endsBy: targetEnd,
  open: subscribe,
  failureFrame: (command, error) => valuesFailure(command, error, 'Failed to fetch attributes!'),
};

async function subscribe(command: AttributesCommand, context: CommandContext): Promise<OpenedCommand<AttributesCommand> | undefined> {
  const { caller, deps } = context;
  const { tenantId, entity } = await context.require(entityOf(command), 'read-attributes');
  if (context.isEnded) return undefined;
  const keys = keysOf(command);
  const scopes = attributeScopes.filter((scope) => !isScope(command.scope) || scope === command.scope);
  const selection = attributesOf(caller, scopes, new Set(keys));
  const subscription = openSubscription(command.cmdId, context, { tenantId, entity, selection, wants: 'newest' });
  const points: DataPoint[] = [];
  for (const scope of scopes) {
    const stored = await deps.attributes.attributes(tenantId, entity, scope, keys.length === 0 ? undefined : keys);
    for (const attribute of visibleTo(caller, stored)) points.push(pointOf(attribute));
  }
  subscription.begin(liveDataOf(points));
  return {};
}

function pointOf({ key, lastUpdateMs, kind, value }: Attribute): DataPoint {
  return { key, tsMs: lastUpdateMs, kind, value };
}

function isScope(scope: string | null | undefined): scope is AttributeScope {
  return attributeScopes.some((known) => known === scope);
}
