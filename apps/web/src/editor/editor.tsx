import { ActionIcon, Alert, Button } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useReactFlow } from '@xyflow/react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { messageOf } from '../api/failures.js';
import { showFailure } from '../ui/notify.js';
import { Canvas } from './canvas/canvas.js';
import { freePlace, placeNode } from './canvas/canvas-actions.js';
import { tidy } from './canvas/tidy.js';
import type { NodeKind } from './catalogue.js';
import { ConflictDialog } from './conflict-dialog.js';
import { isUnchanged } from './document/difference.js';
import { useEditor, useEditorStore } from './editor-context.js';
import { EditorHeader } from './editor-header.js';
import styles from './editor-page.module.css';
import { Inspector } from './inspector/inspector.js';
import { LeaveGuard } from './leave-guard.js';
import { Palette } from './palette/palette.js';
import { ProblemsDock } from './problems-dock.js';
import { TraceBar } from './trace-bar.js';
import { type Deploy, useDeploy } from './use-deploy.js';

interface Props {
  readonly ruleChainId: string;
  readonly name: string;
  readonly isRoot: boolean;
}

/** Pause after the last edit before the draft is checked. */
const checkDelayMs = 120;

/** Palette, canvas, inspector and dock of one open chain. */
export function Editor({ ruleChainId, name, isRoot }: Props) {
  const store = useEditorStore();
  const flow = useReactFlow();
  const deploy = useDeploy(ruleChainId);
  const hasChanges = useEditor((state) => !isUnchanged(state.difference));
  const announcement = useEditor((state) => state.announcement);
  const canvas = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const firstField = useRef<HTMLInputElement>(null);
  const [isDockOpen, setIsDockOpen] = useState(false);
  const [isPaletteOpen, setIsPaletteOpen] = useState(false);
  useChecks();
  useDeployKey(() => hasChanges && !deploy.isDeploying && deploy.deploy());
  useDocumentTitle(`${name} · Fieldline`);
  const focusCanvas = () => {
    setIsPaletteOpen(false);
    canvas.current?.querySelector<HTMLElement>('[data-canvas]')?.focus();
  };
  const add = (kind: NodeKind) => {
    const frame = canvas.current?.getBoundingClientRect();
    if (frame === undefined) return;
    const centre = flow.screenToFlowPosition({ x: frame.x + frame.width / 2, y: frame.y + frame.height / 2 });
    placeNode(store, kind, freePlace(store, centre));
    focusCanvas();
  };
  const openPalette = () => {
    setIsPaletteOpen(true);
    requestAnimationFrame(() => search.current?.focus());
  };
  const commands = {
    tidy: () => void tidy(store).catch((error: unknown) => showFailure('The nodes stay where they are', error)),
    openPalette,
    openInspector: () => firstField.current?.focus(),
  };
  return (
    <div className={styles.root}>
      <div className={styles.palette} data-open={isPaletteOpen}>
        <Palette searchField={search} onAdd={add} onLeave={focusCanvas} />
      </div>
      <div className={styles.canvas} ref={canvas}>
        <Canvas commands={commands} />
        <EditorHeader name={name} isRoot={isRoot} deploy={deploy} isDockOpen={isDockOpen} onToggleDock={() => setIsDockOpen(!isDockOpen)} />
        <Button className={styles.sheetButton ?? ''} size="xs" variant="default" leftSection={<IconPlus size={15} />} onClick={openPalette}>
          Node
        </Button>
        <DeployFailure deploy={deploy} />
        <TraceBar ruleChainId={ruleChainId} />
      </div>
      <InspectorSheet onClose={focusCanvas}>
        <Inspector ruleChainId={ruleChainId} chainName={name} isRoot={isRoot} firstField={firstField} />
      </InspectorSheet>
      {isDockOpen && (
        <div className={styles.dock}>
          <ProblemsDock />
        </div>
      )}
      <ConflictDialog deploy={deploy} />
      <LeaveGuard hasChanges={hasChanges} />
      <div className="fl-visually-hidden" aria-live="polite">
        {announcement}
      </div>
    </div>
  );
}

/** A column of its own; in a narrow window a sheet that is there while something is selected, and can be closed. */
function InspectorSheet({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const store = useEditorStore();
  const isNothingSelected = useEditor((state) => state.selection.nodes.size + state.selection.wires.size === 0);
  const close = () => {
    store.getState().select({});
    onClose();
  };
  return (
    <div className={styles.inspector} data-empty={isNothingSelected}>
      {children}
      <ActionIcon className={styles.sheetClose ?? ''} size={34} aria-label="Close the settings" onClick={close}>
        <IconX size={18} />
      </ActionIcon>
    </div>
  );
}

/** Why the last deploy did not happen; a conflict has its own dialog. */
function DeployFailure({ deploy }: { deploy: Deploy }) {
  if (deploy.error === null || deploy.hasConflict) return null;
  return (
    <Alert className={styles.failure ?? ''} color="red" variant="filled" title="Not deployed" withCloseButton onClose={deploy.dismiss} role="alert">
      {messageOf(deploy.error)} Your draft is unchanged, and the version before still runs.
    </Alert>
  );
}

/** Checks the draft shortly after each edit. */
function useChecks(): void {
  const store = useEditorStore();
  const draft = useEditor((state) => state.draft);
  useEffect(() => {
    const timer = setTimeout(() => store.getState().check(), checkDelayMs);
    return () => clearTimeout(timer);
  }, [draft, store]);
}

/** Ctrl+S deploys, wherever the focus is on this page. */
function useDeployKey(deploy: () => unknown): void {
  const latest = useRef(deploy);
  useEffect(() => {
    latest.current = deploy;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
