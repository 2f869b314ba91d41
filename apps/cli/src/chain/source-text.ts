import { type RuleChainSource, ruleChainSourceSchema } from '@fieldline/api-contract';
import { parse, stringify } from 'yaml';
import { cliErrors } from '../errors.js';

/** A chain as YAML: scripts stand line by line, so that differences show which line changed. */
export function writeSource(source: RuleChainSource): string {
  return stringify(source, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** @throws CLI_CHAIN_FILE_WRONG */
export function readSource(text: string, path: string): RuleChainSource {
  try {
    return ruleChainSourceSchema.parse(parse(text, { maxAliasCount: 0 }));
  } catch (error) {
    throw cliErrors.CHAIN_FILE_WRONG({ path, reason: error instanceof Error ? error.message : String(error) }, { cause: error });
  }
}
