import { createStore } from 'zustand';
import type { RuleChainMetadata } from '../api/wire.js';
import type { TracedPath } from '../traces/trace-steps.js';
import { type Marks, type Selection, type View, emptySelection, emptyView, noMarks, viewOf, wireId, withPositions } from './canvas/view.js';
import type { Catalogue } from './catalogue.js';
import { type ChainDocument, emptyDocument } from './document/chain-document.js';
import { type Change, applyChange, inverseOf } from './document/change.js';
import { withStoredDebug } from './document/debug-settings.js';
import { type Difference, differenceBetween } from './document/difference.js';
import { type Refusal, isRefusal } from './document/edits.js';
import { type History, emptyHistory, remember, stepBack, stepForward } from './document/history.js';
import { type LoadedChain, keysAfterSave, readMetadata, writeMetadata } from './document/metadata.js';
import { type Complaint, problemsOf } from './problems.js';

export interface EditorState {
  readonly catalogue: Catalogue;
  readonly draft: ChainDocument;
  /** What the server runs. */
  readonly deployed: LoadedChain;
  readonly difference: Difference;
  readonly history: History;
  readonly selection: Selection;
  readonly view: View;
  readonly problems: readonly Complaint[];
  /** What a screen reader is told last. */
  readonly announcement: string;
  /** The path of a message that is drawn over the chain. */
  readonly traced: TracedPath | undefined;
  /** Why the last thing could not be done; shown until the next edit. */
  readonly refusal: string | undefined;

  readonly load: (metadata: RuleChainMetadata) => void;
  /** Makes an edit if it is possible, and says whether it was. */
  readonly edit: (make: (draft: ChainDocument) => Change | Refusal) => boolean;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly select: (selection: Partial<Selection>) => void;
  /** Positions while nodes are dragged; the document learns of them when they are let go. */
  readonly drag: (positions: ReadonlyMap<string, { x: number; y: number }>) => void;
  readonly check: () => void;
  readonly showPath: (traced: TracedPath | undefined) => void;
  readonly announce: (text: string) => void;
  readonly forSaving: (ruleChainId: string, version?: number) => RuleChainMetadata;
  readonly saved: (answer: RuleChainMetadata, sent: ChainDocument) => void;
}

export type EditorStore = ReturnType<typeof createEditorStore>;

const nothingLoaded: LoadedChain = { document: emptyDocument, version: undefined, serverIds: new Map(), notes: [] };

/** The state of one open rule chain. The document is the truth; view, difference and problems follow from it. */
export function createEditorStore(catalogue: Catalogue, nowMs: () => number) {
  return createStore<EditorState>((set, get) => {
    const show = (changes: Partial<EditorState>) => {
      const state = { ...get(), ...changes };
      const difference =
        changes.draft === undefined && changes.deployed === undefined ? state.difference : differenceBetween(state.deployed.document, state.draft);
      const marks = marksOf(state.problems, difference, state.traced);
      const selection = existing(state.selection, state.draft);
      set({ ...changes, difference, selection, view: viewOf({ document: state.draft, catalogue, selection, marks }, state.view) });
    };
    const retrace = (history: History, change: Change, verb: string) =>
      show({ draft: applyChange(get().draft, change), history, announcement: `${verb}: ${change.label}`, refusal: undefined });
    return {
      catalogue,
      draft: emptyDocument,
      deployed: nothingLoaded,
      difference: differenceBetween(emptyDocument, emptyDocument),
      history: emptyHistory,
      selection: emptySelection,
      view: emptyView,
      problems: [],
      announcement: '',
      traced: undefined,
      refusal: undefined,

      load: (metadata) => {
        const deployed = readMetadata(metadata);
        show({ deployed, draft: deployed.document, history: emptyHistory, problems: problemsOf(deployed.document, catalogue), refusal: undefined });
      },
      edit: (make) => {
        const change = make(get().draft);
        if (isRefusal(change)) {
          set({ refusal: change.refused, announcement: change.refused });
          return false;
        }
        const history = remember(get().history, change, nowMs());
        show({ draft: applyChange(get().draft, change), history, announcement: change.label, refusal: undefined });
        return true;
      },
      undo: () => {
        const step = stepBack(get().history);
        if (step !== undefined) retrace(step.history, inverseOf(step.undone), 'Undo');
      },
      redo: () => {
        const step = stepForward(get().history);
        if (step !== undefined) retrace(step.history, step.redone, 'Redo');
      },
      select: (selection) => show({ selection: { ...emptySelection, ...selection } }),
      drag: (positions) => set({ view: withPositions(get().view, positions) }),
      check: () => show({ problems: problemsOf(get().draft, catalogue) }),
      showPath: (traced) => show({ traced }),
      announce: (announcement) => set({ announcement }),
      forSaving: (ruleChainId, version) => {
        const { deployed, draft } = get();
        return writeMetadata(ruleChainId, { ...deployed, document: draft, version: version ?? deployed.version });
      },
      saved: (answer, sent) => {
        // The answer is what runs now. It is read under the keys of what was sent, so that undo still finds its nodes;
        // edits made while the save was under way stay in the draft.
        const before = get().deployed;
        const read = readMetadata(answer, keysAfterSave({ ...before, document: sent }));
        const document = withStoredDebug(sent, sent, read.document);
        const { draft } = get();
        show({ deployed: { ...read, document }, draft: draft === sent ? document : withStoredDebug(draft, sent, read.document) });
      },
    };
  });
}

function marksOf(problems: readonly Complaint[], difference: Difference, traced: TracedPath | undefined): Marks {
  if (traced === undefined && problems.length === 0 && difference.added.length === 0 && difference.edited.length === 0) return noMarks;
  const marks = new Map<string, { level: 'error' | 'warning'; count: number }>();
  for (const { nodeId, severity } of problems) {
    if (nodeId === undefined) continue;
    const before = marks.get(nodeId);
    marks.set(nodeId, { level: before?.level === 'error' ? 'error' : severity, count: (before?.count ?? 0) + 1 });
  }
  return { problems: marks, changed: new Set([...difference.added, ...difference.edited].map(({ key }) => key)), traced };
}

/** The part of a selection that still exists; the same object when all of it does. */
function existing(selection: Selection, draft: ChainDocument): Selection {
  const wires = new Set<string>();
  if (selection.wires.size > 0) for (const { from, to } of draft.connections.values()) wires.add(wireId(from, to));
  if (draft.firstNode !== undefined) wires.add(wireId('@input', draft.firstNode));
  const isWhole = [...selection.nodes].every((key) => draft.nodes.has(key)) && [...selection.wires].every((id) => wires.has(id));
  if (isWhole) return selection;
  return {
    nodes: new Set([...selection.nodes].filter((key) => draft.nodes.has(key))),
    wires: new Set([...selection.wires].filter((id) => wires.has(id))),
  };
}
