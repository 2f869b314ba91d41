import { type RefObject, useState } from 'react';
import { useEditor } from '../editor-context.js';
import { inputKey } from '../canvas/view.js';
import { ChainInspector } from './chain-inspector.js';
import { NodeInspector } from './node-inspector.js';
import type { NodeTab } from './node-tabs.js';
import { SelectionInspector } from './selection-inspector.js';
import { WireInspector } from './wire-inspector.js';

interface Props {
  readonly ruleChainId: string;
  readonly chainName: string;
  readonly isRoot: boolean;
  /** Gets the first field of the selected node, so that a key can go there. */
  readonly firstField: RefObject<HTMLInputElement | null>;
}

/** What is selected, and everything about it that can be changed. */
export function Inspector({ ruleChainId, chainName, isRoot, firstField }: Props) {
  // Kept from node to node: who looks at figures looks at those of the next node as well.
  const [tab, setTab] = useState<NodeTab>('settings');
  const nodes = useEditor((state) => state.selection.nodes);
  const wires = useEditor((state) => state.selection.wires);
  const [node] = nodes;
  const [wire] = wires;
  if (nodes.size === 1 && node !== undefined)
    return <NodeInspector key={node} nodeKey={node} ruleChainId={ruleChainId} tab={tab} onTab={setTab} firstField={firstField} />;
  if (nodes.size === 0 && wires.size === 1 && wire !== undefined) {
    const [from = '', to = ''] = wire.split('>');
    return <WireInspector key={wire} from={from} to={to} isInput={from === inputKey} />;
  }
  if (nodes.size + wires.size > 1) return <SelectionInspector nodeCount={nodes.size} wireCount={wires.size} />;
  return <ChainInspector name={chainName} isRoot={isRoot} />;
}
