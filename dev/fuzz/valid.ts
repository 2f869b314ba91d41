import type { Choices } from './choices.js';

export type Schema = Readonly<Record<string, unknown>>;
/** Ids of entities there are, by entity type. */
export type Pool = Readonly<Record<string, readonly string[]>>;

const DEPTH_MAX = 6;

/** Makes values that fit a JSON Schema of the document, with ids of entities there are, so that requests get past the checks. */
export class ValidValues {
  readonly #schemas: Readonly<Record<string, Schema>>;
  readonly #pool: Pool;

  constructor(schemas: Readonly<Record<string, Schema>>, pool: Pool) {
    this.#schemas = schemas;
    this.#pool = pool;
  }

  /** An id for a member or parameter of this name, such as `deviceId`. */
  idFor(name: string, choices: Choices): string {
    const word = (/[A-Z]/.test(name) ? name : name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()))
      .replace(/Ids?$/, '')
      .replace(/[A-Z]/g, (letter) => `_${letter}`)
      .toUpperCase();
    const ids = this.#pool[word] ?? this.#pool[word.replace(/^DEFAULT_/, '')] ?? Object.values(this.#pool).flat();
    return choices.pick(ids);
  }

  of(schema: Schema, choices: Choices, name = '', depth = 0): unknown {
    const reference = schema['$ref'];
    if (typeof reference === 'string') {
      const target = this.#schemas[reference.replace('#/components/schemas/', '')];
      return target === undefined ? null : this.of(target, choices, name, depth);
    }
    if ('const' in schema) return schema['const'];
    if (Array.isArray(schema['enum'])) return choices.pick(schema['enum'] as unknown[]);
    const options = (schema['anyOf'] ?? schema['oneOf']) as readonly Schema[] | undefined;
    if (options !== undefined) return this.of(depth > DEPTH_MAX ? (options.at(-1) as Schema) : choices.pick(options), choices, name, depth + 1);
    const types = [schema['type']].flat() as readonly string[];
    return this.#ofType(choices.pick(types), schema, choices, name, depth);
  }

  #ofType(type: string | undefined, schema: Schema, choices: Choices, name: string, depth: number): unknown {
    switch (type) {
      case 'object':
        return this.#object(schema, choices, name, depth);
      case 'array': {
        const length = depth > DEPTH_MAX ? 0 : choices.int(3);
        return Array.from({ length }, () => this.of((schema['items'] ?? {}) as Schema, choices, name, depth + 1));
      }
      case 'string':
        return this.#text(schema, choices, name);
      case 'integer':
      case 'number': {
        const minimum = Math.max(Number(schema['minimum'] ?? 0), 0);
        return choices.chance(0.2) ? 1_700_000_000_000 + choices.int(1_000_000) : minimum + choices.int(100);
      }
      case 'boolean':
        return choices.chance(0.5);
      default:
        return null;
    }
  }

  #object(schema: Schema, choices: Choices, name: string, depth: number): Record<string, unknown> {
    const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
    const required = (schema['required'] ?? []) as readonly string[];
    // What is optional is there less often the deeper it is, or documents would grow without end.
    const wanted = Object.entries(properties).filter(([key]) => required.includes(key) || choices.chance(depth > 2 ? 0.2 : 0.5));
    const made = wanted.map(
      ([key, member]) => [key, this.of(member, choices, key === 'id' || key === 'entityType' ? name : key, depth + 1)] as const,
    );
    if (wanted.length === 0 && 'additionalProperties' in schema) return { [`k${choices.int(5)}`]: choices.int(100), name: 'x' };
    return Object.fromEntries(made);
  }

  #text(schema: Schema, choices: Choices, name: string): string {
    if (schema['format'] === 'uuid' || /(^id|Ids?)$/.test(name)) return this.idFor(name, choices);
    if (schema['format'] === 'email' || name === 'email') return `fuzz${choices.int(1e9)}@fieldline.local`;
    if (/url/i.test(name)) return 'http://127.0.0.1:9/';
    return `${name || 'text'} ${choices.int(1e9)}`;
  }
}
