import { Button, Group, Stack, Switch, Text } from '@mantine/core';
import { IconPlayerRecord, IconPlayerStop } from '@tabler/icons-react';
import { useNow } from '../../ui/use-now.js';
import type { ChainNode } from '../document/chain-document.js';
import { DEBUG_ALL_MINUTES, debugStateOf, withAll, withFailures } from '../document/debug-settings.js';
import { editNode } from '../document/edits.js';
import { useEditor, useEditorStore } from '../editor-context.js';
import { remainingText } from './remaining-text.js';
import inspector from './inspector.module.css';

/** Which messages of a node are recorded: a part of its settings, which holds from the next deploy on. */
export function DebugSwitch({ node }: { node: ChainNode }) {
  const store = useEditorStore();
  const nowMs = useNow();
  const deployed = useEditor((state) => state.deployed.document.nodes.get(node.key)?.debugSettings ?? null);
  const { hasFailures, all } = debugStateOf(node, nowMs);
  const set = (debugSettings: ChainNode['debugSettings']) =>
    store.getState().edit((draft) => editNode(draft, node.key, { debugSettings }, 'recording'));
  const isWaiting =
    deployed !== node.debugSettings && (all.kind === 'asked' || hasFailures !== debugStateOf({ debugSettings: deployed }, nowMs).hasFailures);
  return (
    <section className={inspector.part} aria-label="Recording">
      <Stack gap="sm">
        <Switch
          size="xs"
          label="Record messages that fail"
          checked={hasFailures}
          onChange={(event) => set(withFailures(node, event.currentTarget.checked))}
        />
        {all.kind === 'until' ? (
          <Group gap="xs">
            <Text size="sm" className="fl-numeric">
              Everything is recorded for {remainingText(all.untilMs - nowMs)} more.
            </Text>
            <Button size="compact-xs" variant="default" leftSection={<IconPlayerStop size={13} />} onClick={() => set(withAll(node, false))}>
              Stop
            </Button>
          </Group>
        ) : all.kind === 'asked' ? (
          <Group gap="xs">
            <Text size="sm">Everything, for {DEBUG_ALL_MINUTES} minutes from the deploy on.</Text>
            <Button size="compact-xs" variant="default" onClick={() => set(withAll(node, false))}>
              Do not
            </Button>
          </Group>
        ) : (
          <Button
            size="compact-sm"
            variant="default"
            w="fit-content"
            leftSection={<IconPlayerRecord size={14} />}
            onClick={() => set(withAll(node, true))}
          >
            Record everything for {DEBUG_ALL_MINUTES} minutes
          </Button>
        )}
        {isWaiting && (
          <Text size="xs" c="var(--fl-accent-text)">
            Holds from the next deploy on.
          </Text>
        )}
      </Stack>
    </section>
  );
}
