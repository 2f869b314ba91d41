// Type declarations of the plugin SDK and of what it is built on, for projects outside this repository.
import { dirname, join, relative, sep } from 'node:path';
import ts from 'typescript';
import { root } from '../tidy/source-files.js';

const packages = join(root, 'packages');

/** The entries of the package: their sources here, and their declarations in the folder given to `writeDeclarations`. */
export const sdkEntries = [
  { name: '.', source: 'plugin-sdk/src/index.ts' },
  { name: './testing', source: 'plugin-sdk/src/testing/index.ts' },
] as const;

/** What is packed inside; found by path, because TypeScript emits nothing for what it finds in node_modules. */
const inside = ['kernel', 'model'] as const;

/**
 * Writes the declarations of everything the entries reach, laid out as the packages are here: `<folder>/model/src/message.d.ts`.
 * Our packages name each other by relative paths there, so that the declarations need nothing but zod.
 *
 * @throws Error where the packages do not compile
 */
export function writeDeclarations(folder: string): void {
  const program = ts.createProgram(
    sdkEntries.map(({ source }) => join(packages, source)),
    {
      ...baseOptions(),
      ...{ noEmit: false, declaration: true, emitDeclarationOnly: true, types: ['node'], rootDir: packages, outDir: folder },
      paths: Object.fromEntries(inside.map((name) => [`@fieldline/${name}`, [join(packages, name, 'src', 'index.ts')]])),
    },
  );
  const faults = ts.getPreEmitDiagnostics(program);
  if (faults.length > 0) throw new Error(`the SDK does not compile:\n${faultText(faults)}`);
  program.emit(undefined, (path, text) => ts.sys.writeFile(path, withRelativePackages(text, path, folder)), undefined, true);
}

function baseOptions(): ts.CompilerOptions {
  const path = join(root, 'tsconfig.base.json');
  const { config } = ts.readConfigFile(path, (name) => ts.sys.readFile(name)) as { config: unknown };
  return ts.parseJsonConfigFileContent(config, ts.sys, root, {}, path).options;
}

function withRelativePackages(text: string, path: string, folder: string): string {
  return text.replace(/(['"])@fieldline\/(kernel|model)\1/g, (_whole, quote: string, name: string) => {
    const target = relative(dirname(path), join(folder, name, 'src', 'index.js'))
      .split(sep)
      .join('/');
    return `${quote}${target}${quote}`;
  });
}

function faultText(faults: readonly ts.Diagnostic[]): string {
  return ts.formatDiagnostics(faults.slice(0, 20), { getCurrentDirectory: () => root, getCanonicalFileName: (name) => name, getNewLine: () => '\n' });
}
