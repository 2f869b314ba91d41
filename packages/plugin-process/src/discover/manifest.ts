import * as z from 'zod';

/** Version of the plugin interface that this server speaks. */
export const PLUGIN_API = '1';
const KEYWORD = 'fieldline-plugin';

const entryPath = z.string().min(1).max(500).startsWith('./', 'must start with ./');
const entrySchema = z.union([
  entryPath,
  z
    .object({ import: z.union([entryPath, z.object({ default: entryPath })]).optional(), default: entryPath.optional() })
    .refine((found) => found.import !== undefined || found.default !== undefined, 'needs import or default'),
]);

/** A terminal does what they say, and `plugin list` prints the words of a third party. */
const controls = /\p{Cc}+/gu;

const manifestSchema = z.object({
  name: z
    .string()
    .max(214)
    .regex(/^(@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/, 'must be the name of an npm package'),
  version: z
    .string()
    .max(100)
    .regex(/^[\x21-\x7e]+$/, 'must be a version number'),
  description: z
    .string()
    .max(2_000)
    .transform((text) => text.replaceAll(controls, ' '))
    .optional(),
  keywords: z.array(z.string().max(200)).max(200),
  fieldline: z.object({ plugin: z.string().max(20) }),
  exports: z.object({ '.': entrySchema }),
});

/** What the server reads of a plugin's package.json. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** Version of the plugin interface it was made for. */
  readonly api: string;
  /** Path of its one file, from the folder of the package. */
  readonly entry: string;
}

/** True for a package that says it is a plugin, right or wrong as the rest of its manifest may be. */
export function saysItIsPlugin(found: unknown): boolean {
  if (typeof found !== 'object' || found === null) return false;
  const { keywords } = found as { readonly keywords?: unknown };
  return Array.isArray(keywords) && keywords.includes(KEYWORD);
}

/** @returns the manifest, or what is wrong with it in one line */
export function readManifest(found: unknown): Manifest | { readonly faults: string } {
  const parsed = manifestSchema.safeParse(found);
  if (!parsed.success) return { faults: faultsOf(parsed.error.issues) };
  const { name, version, description = '', fieldline, exports } = parsed.data;
  if (!saysItIsPlugin(found)) return { faults: `keywords: must hold "${KEYWORD}"` };
  const entry = exports['.'];
  if (typeof entry === 'string') return { name, version, description, api: fieldline.plugin, entry };
  const imported = typeof entry.import === 'object' ? entry.import.default : entry.import;
  return { name, version, description, api: fieldline.plugin, entry: imported ?? (entry.default as string) };
}

/** The first complaints of a schema in one line. */
export function faultsOf(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string {
  const texts = issues.slice(0, 5).map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`));
  return texts.join('; ').slice(0, 1_000);
}
