import type { NumericOperation, QueryKey, StringOperation } from '@fieldline/model';
import * as z from 'zod';
import { contractErrors } from './errors.js';
import {
  API_QUERY_FILTERS_MAX,
  API_QUERY_PATTERN_MAX,
  API_QUERY_PREDICATE_DEPTH_MAX,
  API_QUERY_PREDICATES_MAX,
  API_QUERY_TEXT_MAX,
} from './limits.js';

// Key filters (rest-api.md §23.5). What a predicate compares with may depend on who asks.

const sources = ['CURRENT_TENANT', 'CURRENT_CUSTOMER', 'CURRENT_USER'] as const;

/** A server attribute of an entity of the caller. `inherit`: without one, that of the owner of the entity. */
export interface DynamicValue {
  readonly source: (typeof sources)[number];
  readonly attribute: string;
  readonly inherit: boolean;
}

/** What a predicate compares with; with a dynamic value, `value` is for those who have none, and may be absent too. */
export interface AskedValue<T> {
  readonly value?: T | undefined;
  readonly dynamic?: DynamicValue | undefined;
}

export type PredicateDraft =
  | ({ readonly type: 'STRING'; readonly operation: StringOperation; readonly ignoreCase: boolean } & AskedValue<string>)
  | ({ readonly type: 'NUMERIC'; readonly operation: NumericOperation } & AskedValue<number>)
  | ({ readonly type: 'BOOLEAN'; readonly operation: 'EQUAL' | 'NOT_EQUAL' } & AskedValue<boolean>)
  | { readonly type: 'COMPLEX'; readonly operation: 'AND' | 'OR'; readonly predicates: readonly PredicateDraft[] };

export interface FilterDraft {
  readonly key: QueryKey;
  readonly predicate: PredicateDraft;
}

const dynamic = z.object({
  sourceType: z.enum(sources).nullish().describe('Whose server attribute.'),
  sourceAttribute: z.string().max(255).nullish().describe('Its key.'),
  inherit: z.boolean().nullish().describe('Ask the owner where it has none.'),
});

/** @param type what is compared with */
function asked<T extends z.ZodType>(type: T) {
  return z.object({
    defaultValue: type.nullish().describe('Taken where there is no other.'),
    userValue: type.nullish().describe('Taken before all others.'),
    dynamicValue: dynamic.nullish().describe('Read when the query is made.'),
  });
}

const text = ['EQUAL', 'NOT_EQUAL', 'STARTS_WITH', 'ENDS_WITH', 'CONTAINS', 'NOT_CONTAINS', 'IN', 'NOT_IN'] as const;
const numeric = ['EQUAL', 'NOT_EQUAL', 'GREATER', 'LESS', 'GREATER_OR_EQUAL', 'LESS_OR_EQUAL'] as const;

const predicateSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('STRING').describe('Compares texts.'),
    operation: z.enum(text).describe('How.'),
    value: asked(z.string().max(API_QUERY_TEXT_MAX)).describe('With what.'),
    ignoreCase: z.boolean().nullish().describe('Takes capital for small letters.'),
  }),
  z.object({
    type: z.literal('NUMERIC').describe('Compares numbers and instants.'),
    operation: z.enum(numeric).describe('How.'),
    value: asked(z.number()).describe('With what.'),
  }),
  z.object({
    type: z.literal('BOOLEAN').describe('Compares truths.'),
    operation: z.enum(['EQUAL', 'NOT_EQUAL']).describe('How.'),
    value: asked(z.boolean()).describe('With what.'),
  }),
  z.object({
    type: z.literal('COMPLEX').describe('Puts predicates together.'),
    operation: z.enum(['AND', 'OR']).describe('How.'),
    // Read one level after the other, so that a request cannot nest them deeper than the stack.
    predicates: z.array(z.unknown()).max(API_QUERY_FILTERS_MAX).describe('Predicates of the same forms.'),
  }),
]);

export const predicateInputSchema = predicateSchema.describe('What the value of the key must be.');

type WirePredicate = z.output<typeof predicateSchema>;

/**
 * What the predicates of all conditions of a query ask, in their order.
 *
 * @throws CONTRACT_QUERY_INVALID
 */
export function predicateDraftsOf(predicates: readonly WirePredicate[]): readonly PredicateDraft[] {
  const read = { count: 0 };
  return predicates.map((predicate) => predicateDraftOf(predicate, 1, read));
}

/** @param read how many predicates of the query were read, across all levels */
function predicateDraftOf(predicate: WirePredicate, depth: number, read: { count: number }): PredicateDraft {
  if (depth > API_QUERY_PREDICATE_DEPTH_MAX) throw invalid(`Key filter predicates are nested deeper than ${API_QUERY_PREDICATE_DEPTH_MAX} levels.`);
  read.count += 1;
  if (read.count > API_QUERY_PREDICATES_MAX) throw invalid(`Key filters have more than ${API_QUERY_PREDICATES_MAX} predicates.`);
  switch (predicate.type) {
    case 'COMPLEX': {
      const predicates = predicate.predicates.map((part) => {
        const parsed = predicateSchema.safeParse(part);
        if (!parsed.success) throw invalid('Key filter predicate is invalid.');
        return predicateDraftOf(parsed.data, depth + 1, read);
      });
      return { type: 'COMPLEX', operation: predicate.operation, predicates };
    }
    case 'STRING':
      if (isPattern.includes(predicate.operation) && lengthOf(predicate.value) > API_QUERY_PATTERN_MAX) {
        throw invalid(`Key filter predicate value is longer than ${API_QUERY_PATTERN_MAX} characters.`);
      }
      return { type: 'STRING', operation: predicate.operation, ignoreCase: predicate.ignoreCase ?? false, ...askedOf(predicate.value, '') };
    case 'NUMERIC':
      return { type: 'NUMERIC', operation: predicate.operation, ...askedOf(predicate.value, undefined) };
    case 'BOOLEAN':
      return { type: 'BOOLEAN', operation: predicate.operation, ...askedOf(predicate.value, undefined) };
  }
}

const invalid = (fault: string): Error => contractErrors.QUERY_INVALID({ fault });

const isPattern: readonly string[] = ['STARTS_WITH', 'ENDS_WITH', 'CONTAINS', 'NOT_CONTAINS'];
const lengthOf = ({ userValue, defaultValue }: WireAsked<string>): number => (userValue ?? defaultValue ?? '').length;

interface WireAsked<T> {
  readonly defaultValue?: T | null | undefined;
  readonly userValue?: T | null | undefined;
  readonly dynamicValue?: z.output<typeof dynamic> | null | undefined;
}

function askedOf<T>({ defaultValue, userValue, dynamicValue }: WireAsked<T>, none: T | undefined): AskedValue<T> {
  const value = userValue ?? defaultValue ?? none;
  const { sourceType, sourceAttribute, inherit } = dynamicValue ?? {};
  const isRead = (userValue === null || userValue === undefined) && typeof sourceType === 'string' && typeof sourceAttribute === 'string';
  if (isRead) return { value, dynamic: { source: sourceType, attribute: sourceAttribute, inherit: inherit ?? false } };
  if (value === undefined) throw invalid('Key filter predicate value must be specified.');
  return { value };
}
