import { Badge, Button, Group, Text, Tooltip } from '@mantine/core';
import { IconAlertOctagon, IconAlertTriangle, IconChevronLeft, IconCircleCheck, IconRocket } from '@tabler/icons-react';
import { Link } from 'react-router';
import { InHeader } from '../shell/header-slot.js';
import { isUnchanged, runtimeChangeCount } from './document/difference.js';
import { useEditor } from './editor-context.js';
import styles from './editor-page.module.css';
import type { Deploy } from './use-deploy.js';

interface Props {
  readonly name: string;
  readonly isRoot: boolean;
  readonly deploy: Deploy;
  readonly isDockOpen: boolean;
  readonly onToggleDock: () => void;
}

/** Name and state of the chain, its problems, and the button that makes the draft run. */
export function EditorHeader({ name, isRoot, deploy, isDockOpen, onToggleDock }: Props) {
  const difference = useEditor((state) => state.difference);
  const version = useEditor((state) => state.deployed.version);
  const problems = useEditor((state) => state.problems);
  const errorCount = problems.filter(({ severity }) => severity === 'error').length;
  const hasChanges = !isUnchanged(difference);
  return (
    <>
      <InHeader>
        <Group gap={8} wrap="nowrap">
          <Button component={Link} to="/rule-chains" variant="subtle" color="gray" size="compact-sm" leftSection={<IconChevronLeft size={16} />}>
            Rule chains
          </Button>
          <Text component="h1" size="md" fw={600} truncate>
            {name}
          </Text>
          {isRoot && (
            <Badge size="sm" variant="light" tt="none" className={styles.wideOnly ?? ''}>
              Root
            </Badge>
          )}
        </Group>
      </InHeader>
      <div className={styles.bar}>
        <span className={styles.state} data-changed={hasChanges} role="status">
          {stateText(version, runtimeChangeCount(difference), difference.moved.length)}
        </span>
        <Button
          size="compact-sm"
          variant={isDockOpen ? 'light' : 'subtle'}
          color="gray"
          aria-expanded={isDockOpen}
          leftSection={<ProblemIcon errorCount={errorCount} count={problems.length} />}
          onClick={onToggleDock}
        >
          {problemText(errorCount, problems.length - errorCount)}
        </Button>
        <Tooltip
          label={errorCount > 0 ? 'Errors keep a chain from being deployed. See the problems.' : hasChanges ? 'Ctrl+S' : 'Nothing has changed'}
        >
          <Button
            size="xs"
            leftSection={<IconRocket size={15} />}
            loading={deploy.isDeploying}
            aria-disabled={!hasChanges || errorCount > 0}
            {...(!hasChanges || errorCount > 0 ? { 'data-disabled': true } : {})}
            onClick={() => {
              if (hasChanges && errorCount === 0) deploy.deploy();
              else if (errorCount > 0 && !isDockOpen) onToggleDock();
            }}
          >
            {version === undefined ? 'Deploy' : `Deploy v${version + 1}`}
          </Button>
        </Tooltip>
      </div>
    </>
  );
}

function ProblemIcon({ errorCount, count }: { errorCount: number; count: number }) {
  if (errorCount > 0) return <IconAlertOctagon size={15} color="var(--fl-error)" aria-hidden />;
  if (count > 0) return <IconAlertTriangle size={15} color="var(--fl-warning)" aria-hidden />;
  return <IconCircleCheck size={15} color="var(--fl-ok)" aria-hidden />;
}

function problemText(errors: number, warnings: number): string {
  const parts = [];
  if (errors > 0) parts.push(errors === 1 ? '1 error' : `${errors} errors`);
  if (warnings > 0) parts.push(warnings === 1 ? '1 warning' : `${warnings} warnings`);
  return parts.length === 0 ? 'No problems' : parts.join(', ');
}

function stateText(version: number | undefined, changes: number, moved: number): string {
  const base = version === undefined ? '' : ` of v${version}`;
  if (changes > 0) return `Draft${base} · ${changes === 1 ? '1 change' : `${changes} changes`}`;
  if (moved > 0) return `Draft${base} · layout only`;
  return version === undefined ? 'Deployed' : `v${version} is deployed`;
}
