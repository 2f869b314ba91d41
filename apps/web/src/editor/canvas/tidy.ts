import { moveNodes } from '../document/edits.js';
import type { EditorStore } from '../editor-store.js';
import type { LayoutInput } from './lay-out.js';
import { nodeSize } from './view.js';

/** Lays out the selected nodes, or all when fewer than two are selected, in a worker and as one step of the history. */
export function tidy(store: EditorStore): Promise<void> {
  const { draft, selection } = store.getState();
  const isPart = selection.nodes.size > 1;
  const nodes = [...draft.nodes.values()].filter(({ key }) => !isPart || selection.nodes.has(key));
  const keys = new Set(nodes.map(({ key }) => key));
  const connections = [...draft.connections.values()].filter(({ from, to }) => keys.has(from) && keys.has(to));
  if (nodes.length === 0) return Promise.resolve();
  const input: LayoutInput = { nodes: nodes.map(({ key, x, y }) => ({ key, x, y })), connections, ...nodeSize };
  return new Promise((done, failed) => {
    const worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<[string, { x: number; y: number }][]>) => {
      worker.terminate();
      store.getState().edit((document) => {
        const change = moveNodes(document, new Map(data));
        return 'patches' in change ? { ...change, label: isPart ? 'Tidy the selection' : 'Tidy' } : { refused: 'The chain is tidy already.' };
      });
      done();
    };
    worker.onerror = (event) => {
      worker.terminate();
      failed(new Error(`The layout failed: ${event.message}`));
    };
    worker.postMessage(input);
  });
}
