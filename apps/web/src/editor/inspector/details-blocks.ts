/** A part of the documentation of a node kind. */
export type DetailsBlock =
  | { readonly kind: 'code' | 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** A piece of a line. */
export interface DetailsSpan {
  readonly kind: 'text' | 'code' | 'strong' | 'emphasis';
  readonly text: string;
}

/** Takes the Markdown that documentation of nodes uses apart: fenced code, lists, tables and paragraphs. */
export function detailsBlocks(markdown: string): readonly DetailsBlock[] {
  // Every second part is what stood between fences.
  const parts = markdown.trim().split(/^```\w*\n([\s\S]*?)\n```$/m);
  return parts.flatMap((part, index) => (index % 2 === 1 ? [{ kind: 'code', text: part } as const] : textBlocks(part)));
}

function textBlocks(text: string): readonly DetailsBlock[] {
  const blocks = text.split(/\n\s*\n/).map((block) => block.trim());
  return blocks.filter((block) => block !== '').map(textBlock);
}

function textBlock(block: string): DetailsBlock {
  if (/^[-*] /.test(block)) return { kind: 'list', items: block.split(/\n(?=\s*[-*] )/).map((item) => item.replace(/^\s*[-*] /, '')) };
  const lines = block.split('\n');
  const isTable = lines.every((line) => line.startsWith('|')) && /^\|[\s:|-]+$/.test(lines[1] ?? '');
  if (!isTable) return { kind: 'paragraph', text: block };
  const [head = [], , ...rows] = lines.map(cellsOf);
  return { kind: 'table', head, rows };
}

function cellsOf(line: string): readonly string[] {
  const cells = line.replace(/^\||\|\s*$/g, '').split(/(?<!\\)\|/);
  return cells.map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** Takes a paragraph, an item or a cell apart; line breaks of the source are spaces. */
export function detailsSpans(text: string): readonly DetailsSpan[] {
  const pieces = text.replaceAll('\n', ' ').split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*)/);
  return pieces.filter((piece) => piece !== '').map(spanOf);
}

function spanOf(piece: string): DetailsSpan {
  if (/^`[^`]+`$/.test(piece)) return { kind: 'code', text: piece.slice(1, -1) };
  if (/^\*\*[^*]+\*\*$/.test(piece)) return { kind: 'strong', text: piece.slice(2, -2) };
  if (/^\*[^*]+\*$/.test(piece)) return { kind: 'emphasis', text: piece.slice(1, -1) };
  return { kind: 'text', text: piece };
}
