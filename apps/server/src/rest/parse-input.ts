import type * as z from 'zod';
import { restErrors } from './errors.js';
import type { RouteDefinition } from './route.js';

interface RawInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/**
 * Parses the parts of a request by the schemas of its route.
 *
 * @throws REST_REQUEST_INVALID  names every field that is wrong, not only the first
 */
export function parseInput(route: RouteDefinition, raw: RawInput): { params: unknown; query: unknown; body: unknown } {
  const faults: string[] = [];
  const parse = (schema: z.ZodType | undefined, value: unknown): unknown => {
    if (schema === undefined) return undefined;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    faults.push(...parsed.error.issues.map(faultOf));
    return undefined;
  };
  const input = {
    params: parse(route.params, raw.params),
    query: parse(route.query, raw.query ?? {}),
    body: route.isBodyText === true ? textOf(raw.body) : parse(route.body, raw.body),
  };
  if (faults.length > 0) throw invalid(faults);
  return input;
}

/**
 * A value that was not sent but made, such as by a patch, as far as it fits a schema.
 *
 * @throws REST_REQUEST_INVALID
 */
export function parseMade<S extends z.ZodType>(schema: S, made: unknown): z.output<S> {
  const parsed = schema.safeParse(made);
  if (!parsed.success) throw invalid(parsed.error.issues.map(faultOf));
  return parsed.data;
}

function invalid(faults: readonly string[]): Error {
  return restErrors.REQUEST_INVALID({ faults: [...new Set(faults)].sort() });
}

/** The text of a body; none was sent where it is absent. */
function textOf(body: unknown): string {
  return typeof body === 'string' ? body : '';
}

/** A fault as `<property> <message>`; a message that is a whole sentence stands alone. */
function faultOf(issue: z.core.$ZodIssue): string {
  if (/[.!]$/.test(issue.message)) return issue.message;
  const path = issue.path.length === 0 ? 'body' : issue.path.join('.');
  return `${path} ${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`;
}
