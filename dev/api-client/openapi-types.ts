/** The parts of a JSON Schema that our OpenAPI document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly description?: string;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Schema;
}
type Content = Readonly<Record<string, { readonly schema: Schema }>>;
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, Answer>>;
}
/** An answer, or a reference to one that many operations give. */
interface Answer {
  readonly $ref?: string;
  readonly content?: Content;
}
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>>; readonly responses: Readonly<Record<string, Answer>> };
}

/**
 * TypeScript types of an OpenAPI document, in the shape that openapi-fetch reads. The generator that is usual for
 * it (openapi-typescript 7) takes no TypeScript 6, and our documents use little of what it knows.
 */
export function clientTypes({ paths, components }: OpenApi): string {
  const names = Object.keys(components.schemas).sort();
  return [
    '// Generated from the OpenAPI document of the server by dev/generate-api-client.ts. Do not edit.',
    ...names.map((name) => `export type ${name} = ${typeOf(components.schemas[name] ?? {})};`),
    ...Object.entries(components.responses).map(([name, answer]) => `type ${name}Answer = ${answerType(answer)};`),
    'export interface paths {',
    ...Object.entries(paths).map(([path, operations]) => `${key(path)}: { ${Object.entries(operations).map(operationType).join(' ')} };`),
    '}',
  ].join('\n');
}

function operationType([method, operation]: readonly [string, Operation]): string {
  const place = (where: string): string => {
    const found = operation.parameters.filter((parameter) => parameter.in === where);
    const members = found.map(
      ({ name, required, description, schema }) => `${note(description)}${key(name)}${required ? '' : '?'}: ${typeOf(schema)};`,
    );
    const isOptional = found.every(({ required }) => !required);
    return found.length === 0 ? `${where}?: never;` : `${where}${isOptional ? '?' : ''}: { ${members.join(' ')} };`;
  };
  const responses = Object.entries(operation.responses).map(([status, answer]) => `${status}: ${answerType(answer)};`);
  const body =
    operation.requestBody === undefined ? 'requestBody?: never;' : `requestBody: { content: ${contentType(operation.requestBody.content)} };`;
  return `${note(operation.summary)}${method}: {
    parameters: { ${place('query')} header?: never; ${place('path')} cookie?: never; };
    ${body}
    responses: { ${responses.join(' ')} };
  };`;
}

function answerType({ $ref, content }: Answer): string {
  if ($ref !== undefined) return `${$ref.replace('#/components/responses/', '')}Answer`;
  return `{ headers: { [name: string]: unknown }; ${content === undefined ? 'content?: never' : `content: ${contentType(content)}`} }`;
}

function contentType(content: Content): string {
  return `{ ${Object.entries(content)
    .map(([type, { schema }]) => `${key(type)}: ${typeOf(schema)};`)
    .join(' ')} }`;
}

/** A schema as a type. What says nothing is `unknown`. */
export function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref.replace('#/components/schemas/', '');
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const union = schema.anyOf ?? schema.oneOf;
  if (union !== undefined) return [...new Set(union.map((one) => `(${typeOf(one)})`))].join(' | ');
  if (schema.allOf !== undefined) return schema.allOf.map((one) => `(${typeOf(one)})`).join(' & ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => `(${typeOf({ ...schema, type: String(type) })})`).join(' | ');
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return `(${typeOf(schema.items ?? {})})[]`;
    case 'object':
      return objectType(schema);
    default:
      return 'unknown';
  }
}

function objectType({ properties = {}, required = [], additionalProperties }: Schema): string {
  const members = Object.entries(properties).map(
    ([name, member]) => `${note(member.description)}${key(name)}${required.includes(name) ? '' : '?'}: ${typeOf(member)};`,
  );
  if (members.length > 0) return `{ ${members.join(' ')} }`;
  return `{ [name: string]: ${typeof additionalProperties === 'object' ? typeOf(additionalProperties) : 'unknown'} }`;
}

const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
const note = (description: string | undefined): string => (description === undefined ? '' : `\n/** ${description.replaceAll('*/', '* /')} */\n`);
