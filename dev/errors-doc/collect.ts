import ts from 'typescript';

/** One error as its declaration says it. `{name}` stands for a detail of the occurrence. */
export interface DeclaredError {
  readonly code: string;
  readonly kind: string;
  readonly retry: string;
  readonly message: string;
  readonly remedy: string;
  readonly path: string;
  readonly line: number;
}

/**
 * Every error declared in a file: the entries of `defineErrors('AREA', { NAME: … })`, and object literals that have a
 * `code` in capitals together with a `kind` and a `remedy`, which is how a problem is written where no area exists.
 */
export function errorsIn(file: { readonly path: string; readonly text: string }): DeclaredError[] {
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
  const found: DeclaredError[] = [];
  const constants = objectConstantsOf(source);
  const declare = (code: string, node: ts.ObjectLiteralExpression): void => {
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    const text = (name: string): string => sentence(propertyOf(node, name, constants));
    found.push({ code, kind: text('kind'), retry: text('retry'), message: text('message'), remedy: text('remedy'), path: file.path, line });
  };
  const visit = (node: ts.Node): void => {
    const area = areaOf(node);
    if (area !== undefined) {
      for (const entry of area.entries) {
        const details = ts.isPropertyAssignment(entry) ? unwrapped(entry.initializer) : undefined;
        if (details !== undefined && ts.isObjectLiteralExpression(details)) declare(`${area.name}_${entry.name?.getText(source) ?? ''}`, details);
      }
      return;
    }
    if (ts.isObjectLiteralExpression(node)) {
      const code = propertyOf(node, 'code');
      const isCode = code !== undefined && ts.isStringLiteral(code) && /^[A-Z][A-Z0-9_]+$/.test(code.text);
      if (isCode && propertyOf(node, 'remedy') !== undefined && propertyOf(node, 'kind') !== undefined) declare(code.text, node);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function areaOf(node: ts.Node): { readonly name: string; readonly entries: readonly ts.ObjectLiteralElementLike[] } | undefined {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || node.expression.text !== 'defineErrors') return undefined;
  const [name, entries] = node.arguments;
  if (name === undefined || entries === undefined || !ts.isStringLiteral(name) || !ts.isObjectLiteralExpression(entries)) return undefined;
  return { name: name.text, entries: entries.properties };
}

/** The value of a property, also where it comes from a constant of the same file that is spread into the object. */
function propertyOf(node: ts.ObjectLiteralExpression, name: string, constants: ObjectConstants = new Map()): ts.Expression | undefined {
  for (const property of node.properties.toReversed()) {
    if (ts.isPropertyAssignment(property) && ts.isIdentifier(property.name) && property.name.text === name) return unwrapped(property.initializer);
    const spread = ts.isSpreadAssignment(property) && ts.isIdentifier(property.expression) ? constants.get(property.expression.text) : undefined;
    const found = spread === undefined ? undefined : propertyOf(spread, name, constants);
    if (found !== undefined) return found;
  }
  return undefined;
}

type ObjectConstants = ReadonlyMap<string, ts.ObjectLiteralExpression>;

function objectConstantsOf(source: ts.SourceFile): ObjectConstants {
  const constants = new Map<string, ts.ObjectLiteralExpression>();
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      const value = initializer === undefined ? undefined : unwrapped(initializer);
      if (value !== undefined && ts.isIdentifier(name) && ts.isObjectLiteralExpression(value)) constants.set(name.text, value);
    }
  }
  return constants;
}

function unwrapped(node: ts.Expression): ts.Expression {
  return ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node) ? unwrapped(node.expression) : node;
}

/** The words of a text expression, with `{name}` where a value goes; both sides of a choice, joined by " / ". */
function sentence(node: ts.Node | undefined): string {
  if (node === undefined) return '';
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return node.head.text + node.templateSpans.map((span) => value(span.expression) + span.literal.text).join('');
  if (ts.isArrowFunction(node)) return sentence(ts.isBlock(node.body) ? returned(node.body) : node.body);
  if (ts.isParenthesizedExpression(node)) return sentence(node.expression);
  if (ts.isConditionalExpression(node)) return `${sentence(node.whenTrue)} / ${sentence(node.whenFalse)}`;
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) return sentence(node.left) + sentence(node.right);
  return value(node);
}

function value(node: ts.Node): string {
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || ts.isConditionalExpression(node)) return `{${sentence(node)}}`;
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) return `{${node.name.text}}`;
  if (ts.isCallExpression(node)) {
    // `d.faults.join(', ')` shows the faults, `String(d.port)` the port.
    const { expression: callee, arguments: given } = node;
    const isMethodOfDetail = ts.isPropertyAccessExpression(callee) && !(ts.isIdentifier(callee.expression) && /^[A-Z]/.test(callee.expression.text));
    const shown = isMethodOfDetail ? callee.expression : given[0];
    if (shown !== undefined) return value(shown);
  }
  return `{${node.getText()}}`;
}

function returned(body: ts.Block): ts.Expression | undefined {
  const last = body.statements.at(-1);
  return last !== undefined && ts.isReturnStatement(last) ? last.expression : undefined;
}
