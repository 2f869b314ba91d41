import '@xyflow/react/dist/base.css';
import { ActionIcon, useComputedColorScheme } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import { Background, type Connection, ConnectionLineType, MiniMap, Panel, ReactFlow, useReactFlow } from '@xyflow/react';
import { type DragEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useEditor, useEditorStore } from '../editor-context.js';
import { refusalToConnect } from '../document/edits.js';
import { nodeTypeFormat } from '../palette/palette.js';
import { connectNodes, placeNode } from './canvas-actions.js';
import { CanvasTools } from './canvas-tools.js';
import styles from './canvas.module.css';
import { colourOf } from './category-icon.js';
import { openingView } from './opening-view.js';
import { type PendingConnection, RelationPicker } from './relation-picker.js';
import { InputPointView, RuleNodeView } from './rule-node.js';
import { type CanvasCommands, useCanvasKeys } from './use-canvas-keys.js';
import { useClipboardEvents } from './use-clipboard-events.js';
import { useFlowChanges } from './use-flow-changes.js';
import { type FlowNode, type FlowWire, inputKey } from './view.js';
import { WireView } from './wire.js';

// Declared once for the life of the page: new objects would make React Flow build every node anew.
const nodeTypes = { rule: RuleNodeView, 'input-point': InputPointView };
const edgeTypes = { wire: WireView };
const snapGrid: [number, number] = [8, 8];

/** From this many nodes on only those in sight are drawn. */
const cullFrom = 150;
/** From this many nodes on the map is shown unless it was closed. */
const mapFrom = 40;

export function Canvas({ commands }: { commands: Omit<CanvasCommands, 'toggleMap'> }) {
  const store = useEditorStore();
  const nodes = useEditor((state) => state.view.nodes);
  const wires = useEditor((state) => state.view.wires);
  const flow = useReactFlow<FlowNode, FlowWire>();
  const scheme = useComputedColorScheme();
  const isStill = useReducedMotion();
  const frame = useRef<HTMLDivElement>(null);
  const [pending, setPending] = useState<PendingConnection>();
  const [mapChoice, setMapChoice] = useState<boolean>();
  const isMapShown = mapChoice ?? nodes.length > mapFrom;
  const toggleMap = () => setMapChoice(!isMapShown);
  const onKeyDown = useCanvasKeys({ ...commands, toggleMap });
  const { onNodesChange, onEdgesChange } = useFlowChanges();
  useClipboardEvents(frame, (point) => flow.screenToFlowPosition(point));

  const propose = useCallback(
    (from: string, to: string, point: { x: number; y: number }) => {
      const refused = from === inputKey ? undefined : refusalToConnect(store.getState().draft, { from, to, type: '\u0000' });
      if (from === inputKey) connectNodes(store, from, to, '');
      else if (refused !== undefined) store.getState().edit(() => ({ refused }));
      else setPending({ from, to, ...point });
    },
    [store],
  );
  const isValid = useCallback(
    ({ source, target }: Connection | FlowWire) =>
      target !== inputKey &&
      (source === inputKey || refusalToConnect(store.getState().draft, { from: source, to: target, type: '\u0000' }) === undefined),
    [store],
  );
  const onDrop = (event: DragEvent) => {
    const kind = store.getState().catalogue.byType.get(event.dataTransfer.getData(nodeTypeFormat));
    if (kind === undefined) return;
    event.preventDefault();
    placeNode(store, kind, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }));
    frame.current?.focus();
  };
  return (
    <div
      ref={frame}
      className={styles.root}
      tabIndex={0}
      role="application"
      aria-label="Rule chain canvas"
      aria-describedby="canvas-keys"
      onKeyDown={onKeyDown}
    >
      <p id="canvas-keys" className="fl-visually-hidden">
        Arrow keys go from node to node, Enter opens the settings, A adds a node, Delete removes, Control and arrow keys move.
      </p>
      <ReactFlow<FlowNode, FlowWire>
        nodes={nodes as FlowNode[]}
        edges={wires as FlowWire[]}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onConnectEnd={(event, { fromNode, toNode, fromHandle }) => {
          const point = 'changedTouches' in event ? event.changedTouches[0] : event;
          const under = point && nodeAt(point.clientX, point.clientY);
          const other = toNode?.id ?? under;
          if (fromNode === null || other === undefined || other === fromNode.id || point === undefined) return;
          const [from, to] = fromHandle?.type === 'target' ? [other, fromNode.id] : [fromNode.id, other];
          propose(from, to, { x: point.clientX, y: point.clientY });
        }}
        isValidConnection={isValid}
        onNodeClick={() => frame.current?.focus({ preventScroll: true })}
        onPaneClick={({ detail }) => {
          frame.current?.focus({ preventScroll: true });
          if (detail === 2) commands.openPalette();
        }}
        onDragOver={(event) => {
          event.preventDefault();
          event.dataTransfer.dropEffect = 'copy';
        }}
        onDrop={onDrop}
        colorMode={scheme}
        onInit={(instance) => {
          const { clientWidth: width = 0, clientHeight: height = 0 } = frame.current ?? {};
          void instance.setViewport(openingView(store.getState().view.nodes, { width, height }));
        }}
        minZoom={0.1}
        maxZoom={4}
        snapToGrid
        snapGrid={snapGrid}
        connectionLineType={ConnectionLineType.SmoothStep}
        connectionRadius={30}
        nodesFocusable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={['Shift', 'Meta', 'Control']}
        zoomOnDoubleClick={false}
        onlyRenderVisibleElements={nodes.length > cullFrom}
        elevateNodesOnSelect={false}
        proOptions={{ hideAttribution: true }}
      >
        <Background gap={24} size={1.4} />
        <Panel position="bottom-left">
          <CanvasTools onTidy={commands.tidy} isMapShown={isMapShown} onToggleMap={toggleMap} />
        </Panel>
        {isMapShown && (
          <MiniMap<FlowNode>
            pannable
            zoomable={!isStill}
            nodeColor={mapColour}
            nodeStrokeWidth={0}
            nodeBorderRadius={8}
            ariaLabel="Map of the rule chain"
          />
        )}
        <Refusal />
        <EmptyHint />
      </ReactFlow>
      {pending !== undefined && (
        <RelationPicker
          pending={pending}
          onClose={() => setPending(undefined)}
          onChoose={(relation) => {
            setPending(undefined);
            connectNodes(store, pending.from, pending.to, relation);
            frame.current?.focus();
          }}
        />
      )}
    </div>
  );
}

function mapColour(node: FlowNode): string {
  return node.type === 'rule' ? colourOf(node.data.kind?.category) : 'var(--fl-border-strong)';
}

/** The node under a point of the screen, so that a wire may be let go anywhere on it. */
function nodeAt(x: number, y: number): string | undefined {
  const element = document.elementFromPoint(x, y)?.closest('.react-flow__node');
  const id = element?.getAttribute('data-id') ?? undefined;
  return id === inputKey ? undefined : id;
}

/** Says for a few seconds why something could not be done. */
function Refusal() {
  const store = useEditorStore();
  const refusal = useEditor((state) => state.refusal);
  const [shown, setShown] = useState<string>();
  useEffect(() => {
    setShown(refusal);
    if (refusal === undefined) return;
    const timer = setTimeout(() => setShown(undefined), 6_000);
    return () => clearTimeout(timer);
  }, [refusal, store]);
  if (shown === undefined) return null;
  return (
    <Panel position="top-center">
      <div className={styles.refusal} role="status">
        <IconAlertTriangle size={16} color="var(--fl-warning)" aria-hidden />
        {shown}
        <ActionIcon size="sm" aria-label="Dismiss" onClick={() => setShown(undefined)}>
          <IconX size={14} />
        </ActionIcon>
      </div>
    </Panel>
  );
}

function EmptyHint() {
  const isEmpty = useEditor((state) => state.draft.nodes.size === 0);
  if (!isEmpty) return null;
  return (
    <Panel position="top-center" style={{ marginTop: 80 }}>
      <div className={styles.hint}>
        Drag a node from the left, or press <kbd>A</kbd>. The first one takes the messages.
      </div>
    </Panel>
  );
}
