import { z } from '@fieldline/plugin-sdk';
import { saveErrors } from './errors.js';

const step = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ON_EVERY_MESSAGE') }),
  z.strictObject({ type: z.literal('DEDUPLICATE'), deduplicationIntervalSecs: z.int().min(1).max(86_400) }),
  z.strictObject({ type: z.literal('SKIP') }),
]);

/** Settings of what is done with a value and how often, in ThingsBoard's form, for the actions a node has. */
export function processingSettings<const Action extends string>(actions: readonly Action[]) {
  const steps = Object.fromEntries(actions.map((action) => [action, step])) as Record<Action, typeof step>;
  return z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('ON_EVERY_MESSAGE') }),
      z.strictObject({ type: z.literal('WEBSOCKETS_ONLY') }),
      z.strictObject({ type: z.literal('DEDUPLICATE'), deduplicationIntervalSecs: z.int().min(1).max(86_400) }),
      z.strictObject({ type: z.literal('ADVANCED'), ...steps }),
    ])
    .default({ type: 'ON_EVERY_MESSAGE' })
    .describe('What is done with the values of a message, and how often.')
    .meta({ title: 'Processing settings' });
}

type Processing = { readonly type: string } & Readonly<Record<string, unknown>>;

/** True where every action is off: then a message passes without being looked at. */
export function skipsAll(processing: Processing): boolean {
  return processing.type === 'ADVANCED' && stepTypes(processing).every(([, type]) => type === 'SKIP');
}

/**
 * Refuses what the services cannot do: values are stored, become the latest and are pushed to browsers in one go.
 * There are no calculated fields yet, so skipping them changes nothing.
 *
 * @throws SAVE_PROCESSING_NOT_SUPPORTED
 */
export function checkProcessing(processing: Processing): void {
  if (processing.type === 'ON_EVERY_MESSAGE' || skipsAll(processing)) return;
  const odd = stepTypes(processing).filter(([action, type]) => type !== 'ON_EVERY_MESSAGE' && !(action === 'calculatedFields' && type === 'SKIP'));
  if (processing.type === 'ADVANCED' && odd.length === 0) return;
  const detail = odd.map(([action, type]) => `${action} ${type}`).join(', ');
  throw saveErrors.PROCESSING_NOT_SUPPORTED({ processing: detail === '' ? processing.type : `${processing.type} (${detail})` });
}

function stepTypes({ type: _type, ...steps }: Processing): [string, string][] {
  return Object.entries(steps).flatMap(([action, value]) =>
    typeof value === 'object' && value !== null && 'type' in value ? [[action, String(value.type)] as [string, string]] : [],
  );
}
