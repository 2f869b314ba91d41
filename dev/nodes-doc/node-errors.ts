import type { AnyRuleNodeDefinition } from '@fieldline/plugin-sdk';
import type { DeclaredError } from '../errors-doc/collect.js';
import { fileOfType, type Sources, usedBy } from './source-files.js';

/** Calls that name the errors a service fails with: `@throws CODE, CODE` over each of its methods. */
export type ServiceErrors = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

const servicesFolder = 'packages/plugin-sdk/src/services/';
const codePattern = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g;

/**
 * The errors that messages of a node type can fail with: those that its code raises, and those of the methods it calls of the
 * services it needs. Found in the text of the code, so an error that only another setting or node can meet may be among them.
 */
export function errorsOfNode(node: AnyRuleNodeDefinition, sources: Sources, declared: readonly DeclaredError[]): readonly DeclaredError[] {
  const texts = usedBy(fileOfType(node.type, sources), sources).map((path) => ({ path, text: sources.get(path) ?? '' }));
  const areas = areasOf(sources);
  const codes = new Set<string>();
  for (const { path, text } of texts) {
    for (const [, raiser = '', name = ''] of text.matchAll(/\b(\w+[eE]rrors)\.([A-Z0-9_]+)\(/g))
      codes.add(`${areaNear(raiser, path, areas)}_${name}`);
    for (const [, code = ''] of text.matchAll(/\bcode: '([A-Z0-9_]+)'/g)) codes.add(code);
  }
  const services = serviceErrors(sources);
  for (const need of (node.needs ?? []) as readonly string[]) {
    for (const [method, failures] of services.get(need) ?? []) {
      if (texts.some(({ text, path }) => !path.startsWith(servicesFolder) && new RegExp(`\\.${method}\\(`).test(text)))
        failures.forEach((code) => codes.add(code));
    }
  }
  // What stands for an error without a code is the fault of a node, not one of its errors.
  return declared.filter(({ code }) => codes.has(code) && code !== 'NODE_THREW').sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** Where each `export const xErrors = defineErrors('AREA'` stands. */
function areasOf(sources: Sources): readonly { readonly raiser: string; readonly area: string; readonly path: string }[] {
  return [...sources].flatMap(([path, text]) =>
    [...text.matchAll(/const (\w+) = defineErrors\('([A-Z0-9_]+)'/g)].map(([, raiser = '', area = '']) => ({ raiser, area, path })),
  );
}

/** Two packages may call their errors alike: the one of the same package counts. */
function areaNear(raiser: string, path: string, areas: ReturnType<typeof areasOf>): string {
  const packageOf = (file: string): string => file.split('/').slice(0, 2).join('/');
  const found = areas.filter((each) => each.raiser === raiser);
  return (found.find((each) => packageOf(each.path) === packageOf(path)) ?? found[0])?.area ?? '';
}

/** From each service to its methods, and from each method to the codes named above it. */
function serviceErrors(sources: Sources): ServiceErrors {
  const text = [...sources]
    .filter(([path]) => path.startsWith(servicesFolder))
    .map(([, code]) => code)
    .join('\n');
  const interfaces = new Map(
    [...text.matchAll(/export interface (\w+) \{\n([\s\S]*?)\n\}/g)].map(([, name = '', body = '']) => [name, methodsOf(body)]),
  );
  const needs = [...text.matchAll(/readonly (\w+): (\w+Service);/g)];
  return new Map(needs.map(([, need = '', name = '']) => [need, interfaces.get(name) ?? new Map()]));
}

function methodsOf(body: string): ReadonlyMap<string, readonly string[]> {
  const methods = new Map<string, readonly string[]>();
  for (const [, comment = '', method = ''] of body.matchAll(/\/\*\*([\s\S]*?)\*\/\s*(\w+)\(/g)) {
    const throws = comment.slice(comment.search(/@throws|$/));
    const like = /@throws as `(\w+)`/.exec(comment)?.[1];
    methods.set(method, [...[...throws.matchAll(codePattern)].map(([code]) => code), ...(like === undefined ? [] : (methods.get(like) ?? []))]);
  }
  return methods;
}
