import { readFile, writeFile } from 'node:fs/promises';
import { cliErrors } from '../errors.js';
import { Chains } from './chains.js';
import type { ChainCommand } from './read-chain-command.js';
import { Rest } from './rest.js';
import { readSource, writeSource } from './source-text.js';

/** Writes a rule chain of a server into a file for version control, or such a file into a server. */
export async function runChainCommand({ action, subject, file, url, key }: ChainCommand, out: (line: string) => void): Promise<void> {
  const chains = new Chains(new Rest(url, key));
  if (action === 'export') {
    const text = writeSource(await chains.export(subject));
    if (file === undefined) out(text.trimEnd());
    else await writeFile(file, text).catch((error: unknown) => unusable(file, error));
    if (file !== undefined) out(`"${subject}" written to ${file}.`);
    return;
  }
  const source = readSource(await readFile(subject, 'utf8').catch((error: unknown) => unusable(subject, error)), subject);
  const outcome = await chains.import(source);
  out(`"${source.name}" ${outcome} from ${subject}: ${source.nodes.length} nodes run from the next batch of messages on.`);
}

function unusable(path: string, error: unknown): never {
  throw cliErrors.FILE_UNUSABLE({ path, reason: error instanceof Error ? error.message : String(error) }, { cause: error });
}
