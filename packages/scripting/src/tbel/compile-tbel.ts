import type { ScriptKind } from '@fieldline/ports';
import { scriptErrors } from '../errors.js';
import { BODY_CHARS_MAX } from '../limits.js';
import { complainerAbout } from './complaint.js';
import { emitScript, type EmittedScript } from './emit/script.js';
import { parse } from './parser.js';
import { zonesIn } from './time-zones.js';

/** A script as JavaScript for the sandbox, with the time zones it names as JavaScript text. */
export interface CompiledTbel extends EmittedScript {
  readonly zones: string;
}

/**
 * Compiles TBEL to JavaScript.
 *
 * @param body the user's text
 * @throws SCRIPT_EMPTY, SCRIPT_TOO_LONG, SCRIPT_COMPILE_FAILED with line and column
 */
export function compileTbel(body: string, kind: ScriptKind): CompiledTbel {
  if (body.trim() === '') throw scriptErrors.EMPTY();
  if (body.length > BODY_CHARS_MAX) throw scriptErrors.TOO_LONG({ chars: body.length });
  const complain = complainerAbout(body);
  return { ...emitScript(parse(body, complain), kind, complain), zones: zonesIn(body) };
}
