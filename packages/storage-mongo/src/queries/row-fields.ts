import { fieldSource, queriedKinds, type FieldSource, type QueriedType, type QueryKey } from '@fieldline/model';
import { entityOf, type EntityDocument } from '../entities/entity-documents.js';

// Which fields of the documents of entities a query reads: never whole documents, of which there are many.

/** By what entities of a type are called. */
export const nameField = (entityType: QueriedType): string => (entityType === 'USER' ? 'email' : 'name');

/** The fields of documents in which the entity fields among the keys are, and the name where it is asked for. */
export function fieldsOf(entityType: QueriedType, keys: readonly QueryKey[], name = ''): readonly string[] {
  const sources = keys.flatMap(({ type, key }) => (type === 'ENTITY_FIELD' ? (fieldSource(entityType, key) ?? []) : []));
  return [...new Set([...sources.flatMap(fieldsOfSource), ...(name === '' ? [] : [nameField(entityType)])])];
}

function fieldsOfSource(source: FieldSource): readonly string[] {
  switch (source.from) {
    case 'field':
      return [source.field];
    case 'first':
      return source.fields;
    case 'createdTime':
      return ['createdAtMs'];
    case 'person':
      return ['firstName', 'lastName', 'email'];
    case 'ownerName':
    case 'ownerType':
      return ['customerId'];
    case 'additionalInfo':
      // Free JSON is in the JSON of the entity only.
      return ['_entity'];
    case 'constant':
    case 'root':
      return [];
  }
}

/** What was read of an entity. */
export function fieldsIn(entityType: QueriedType, document: EntityDocument): Readonly<Record<string, unknown>> {
  return { ...document, ...('_entity' in document ? entityOf(queriedKinds[entityType], document) : {}) };
}
