import '@xyflow/react/dist/base.css';
import { ActionIcon, useComputedColorScheme } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import { Background, ConnectionLineType, MiniMap, Panel, ReactFlow, type ReactFlowProps, useReactFlow } from '@xyflow/react';
import { type DragEvent, type KeyboardEvent, type MouseEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useEditor, useEditorStore } from '../editor-context.js';
import { nodeTypeFormat } from '../palette/palette.js';
import { connectNodes, placeNode } from './canvas-actions.js';
import { CanvasTools } from './canvas-tools.js';
import styles from './canvas.module.css';
import { colourOf } from './category-icon.js';
import { openingView } from './opening-view.js';
import { RelationPicker } from './relation-picker.js';
import { InputPointView, RuleNodeView } from './rule-node.js';
import { type CanvasCommands, useCanvasKeys } from './use-canvas-keys.js';
import { useClipboardEvents } from './use-clipboard-events.js';
import { useConnecting } from './use-connecting.js';
import { useFlowChanges } from './use-flow-changes.js';
import { useNodeInSight } from './use-node-in-sight.js';
import type { FlowNode, FlowWire } from './view.js';
import { WireView } from './wire.js';

/** Declared once for the life of the page: new objects would make React Flow build every node anew. */
const settings = {
  nodeTypes: { rule: RuleNodeView, 'input-point': InputPointView },
  edgeTypes: { wire: WireView },
  minZoom: 0.1,
  maxZoom: 4,
  snapToGrid: true,
  snapGrid: [8, 8],
  connectionLineType: ConnectionLineType.SmoothStep,
  connectionRadius: 30,
  // The canvas is one stop for the Tab key; its own keys go from node to node (use-canvas-keys.ts).
  nodesFocusable: false,
  edgesFocusable: false,
  disableKeyboardA11y: true,
  deleteKeyCode: null,
  selectionKeyCode: 'Shift',
  multiSelectionKeyCode: ['Shift', 'Meta', 'Control'],
  zoomOnDoubleClick: false,
  elevateNodesOnSelect: false,
  proOptions: { hideAttribution: true },
} satisfies ReactFlowProps<FlowNode, FlowWire>;

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
  const frame = useRef<HTMLDivElement>(null);
  const { pending, stop, isValid, onConnectEnd } = useConnecting();
  const [mapChoice, setMapChoice] = useState<boolean>();
  const isMapShown = mapChoice ?? nodes.length > mapFrom;
  const toggleMap = () => setMapChoice(!isMapShown);
  const onKeyDown = useCanvasKeys({ ...commands, toggleMap });
  const { onNodesChange, onEdgesChange } = useFlowChanges();
  useNodeInSight();
  useClipboardEvents(frame, (point) => flow.screenToFlowPosition(point));

  const focus = () => frame.current?.focus({ preventScroll: true });
  const onPaneClick = ({ detail }: MouseEvent) => {
    focus();
    if (detail === 2) commands.openPalette();
  };
  const onDrop = (event: DragEvent) => {
    const kind = store.getState().catalogue.byType.get(event.dataTransfer.getData(nodeTypeFormat));
    if (kind === undefined) return;
    event.preventDefault();
    placeNode(store, kind, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }));
    focus();
  };
  return (
    <CanvasFrame frame={frame} onKeyDown={onKeyDown}>
      <ReactFlow<FlowNode, FlowWire>
        {...settings}
        nodes={nodes as FlowNode[]}
        edges={wires as FlowWire[]}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onConnectEnd={onConnectEnd}
        isValidConnection={isValid}
        onNodeClick={focus}
        onPaneClick={onPaneClick}
        onDragOver={acceptCopy}
        onDrop={onDrop}
        colorMode={scheme}
        onInit={(instance) => {
          void instance.setViewport(openingView(store.getState().view.nodes, sizeOf(frame.current)));
        }}
        onlyRenderVisibleElements={nodes.length > cullFrom}
      >
        <Background gap={24} size={1.4} />
        <Panel position="bottom-left">
          <CanvasTools onTidy={commands.tidy} isMapShown={isMapShown} onToggleMap={toggleMap} />
        </Panel>
        {isMapShown && <Map />}
        <Refusal />
        <EmptyHint />
      </ReactFlow>
      {pending !== undefined && (
        <RelationPicker
          pending={pending}
          onClose={stop}
          onChoose={(relation) => {
            stop();
            connectNodes(store, pending.from, pending.to, relation);
            focus();
          }}
        />
      )}
    </CanvasFrame>
  );
}

interface CanvasFrameProps {
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly children: ReactNode;
}

/** What has the focus while the keys of the canvas act. */
function CanvasFrame({ frame, onKeyDown, children }: CanvasFrameProps) {
  return (
    <div
      ref={frame}
      className={styles.root}
      data-canvas
      tabIndex={0}
      role="application"
      aria-label="Rule chain canvas"
      aria-describedby="canvas-keys"
      onKeyDown={onKeyDown}
    >
      <p id="canvas-keys" className="fl-visually-hidden">
        Arrow keys go from node to node, Enter opens the settings, A adds a node, Delete removes, Control and arrow keys move.
      </p>
      {children}
    </div>
  );
}

function sizeOf(element: HTMLElement | null): { width: number; height: number } {
  return { width: element?.clientWidth ?? 0, height: element?.clientHeight ?? 0 };
}

function acceptCopy(event: DragEvent): void {
  event.preventDefault();
  event.dataTransfer.dropEffect = 'copy';
}

function Map() {
  const isStill = useReducedMotion();
  return (
    <MiniMap<FlowNode>
      pannable
      zoomable={!isStill}
      nodeColor={mapColour}
      nodeStrokeWidth={0}
      nodeBorderRadius={8}
      ariaLabel="Map of the rule chain"
    />
  );
}

function mapColour(node: FlowNode): string {
  return node.type === 'rule' ? colourOf(node.data.kind?.category) : 'var(--fl-border-strong)';
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
    <Panel position="bottom-center" style={{ marginBottom: 72 }}>
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
