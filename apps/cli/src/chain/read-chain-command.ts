import { parseArgs } from 'node:util';
import { cliErrors } from '../errors.js';

/** `fieldline chain …` as it was typed, checked. */
export interface ChainCommand {
  readonly name: 'chain';
  readonly action: 'export' | 'import';
  /** Of `export`, the chain; of `import`, the file. */
  readonly subject: string;
  /** Where an export goes; undefined prints it. */
  readonly file: string | undefined;
  readonly url: URL;
  readonly key: string;
}

/** @throws CLI_USAGE */
export function readChainCommand(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): ChainCommand {
  const { values, positionals } = parsed(args);
  const [action, subject, ...surplus] = positionals;
  if (action !== 'export' && action !== 'import') throw cliErrors.USAGE({ fault: 'Say export or import after chain' });
  if (subject === undefined) throw cliErrors.USAGE({ fault: action === 'export' ? 'Name the chain, or give its id' : 'Name the file' });
  if (surplus.length > 0) throw cliErrors.USAGE({ fault: `"${surplus.join(' ')}" is too much, or quotes are missing` });
  if (action === 'import' && values.file !== undefined) throw cliErrors.USAGE({ fault: '--file goes with export' });
  const key = values.key ?? environment['FIELDLINE_API_KEY'] ?? '';
  if (key === '') throw cliErrors.USAGE({ fault: 'Give an API key with --key or in FIELDLINE_API_KEY' });
  if (!URL.canParse(values.url) || !/^https?:/.test(values.url)) throw cliErrors.USAGE({ fault: `"${values.url}" is no address of a server` });
  return { name: 'chain', action, subject, file: values.file, url: new URL(values.url), key };
}

function parsed(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { file: text, key: text, url: { ...text, default: 'http://localhost:8080' } },
    });
  } catch (error) {
    throw cliErrors.USAGE({ fault: error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error) }, { cause: error });
  }
}
