import type { Message } from '@fieldline/model';
import { compactJson, forEachMember, skipSpace } from '@fieldline/model';
import { templateErrors } from './errors.js';

/**
 * Replaces `${key}` by metadata and `$[path.to.key]` by values of the body (rule-engine.md §11). `${*}` and `$[*]`
 * are the whole metadata and body as JSON. Numbers appear as they were written. What cannot be resolved stays
 * as it is: unknown keys, objects, arrays and their elements.
 *
 * @param escape applied to each inserted value, for templates that make JSON
 * @throws TEMPLATE_BODY_INVALID where the template looks into a body that is not JSON
 */
export function fillTemplate(template: string, message: Message, escape: (value: string) => string = asIs): string {
  const withMetadata = template.includes('${') ? fillMetadata(template, message, escape) : template;
  return withMetadata.includes('$[') ? fillData(withMetadata, message, escape) : withMetadata;
}

/** The same for a template that makes JSON: each value is escaped as the inside of a JSON string, `"` as `\"` and a line break as `\n`. */
export function fillJsonTemplate(template: string, message: Message): string {
  return fillTemplate(template, message, (value) => JSON.stringify(value).slice(1, -1));
}

function fillMetadata(template: string, { metadata }: Message, escape: (value: string) => string): string {
  let text = template.replaceAll('${*}', () => escape(JSON.stringify(metadata)));
  for (const [key, value] of Object.entries(metadata)) text = text.replaceAll(`\${${key}}`, () => escape(value));
  return text;
}

function fillData(template: string, message: Message, escape: (value: string) => string): string {
  const body = bodyText(template, message);
  return template
    .replaceAll('$[*]', () => escape(compactJson(body)))
    .replace(/\$\[(.*?)\]/g, (placeholder, path: string) => {
      const value = valueAt(body, path);
      return value === undefined ? placeholder : escape(value);
    });
}

function bodyText(template: string, message: Message): string {
  try {
    // Reading `data` is what checks the text; the walk below expects valid JSON.
    void message.data;
    if (message.text.trim() !== '') return message.text;
  } catch (cause) {
    throw templateErrors.BODY_INVALID({ template }, { cause });
  }
  throw templateErrors.BODY_INVALID({ template });
}

/** Text of the value at a path of object keys; undefined where there is none, or no single value. */
function valueAt(body: string, path: string): string | undefined {
  const keys = path.replace(/\.+$/, '').split('.');
  let from = skipSpace(body, 0);
  let to = body.length;
  for (const wanted of keys) {
    if (wanted === '' || body[from] !== '{') return undefined;
    const object = from;
    from = -1;
    forEachMember(body, object, (key, start, end) => {
      // Of two members with one name the last counts, as in JSON.parse.
      if (key === wanted) [from, to] = [start, end];
    });
    if (from < 0) return undefined;
  }
  const text = body.slice(from, to);
  if (text.startsWith('{') || text.startsWith('[')) return undefined;
  return text.startsWith('"') ? (JSON.parse(text) as string) : text;
}

const asIs = (value: string): string => value;
