import { defineRuleNode, route, z } from '@fieldline/plugin-sdk';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batch, chain, deadLetters, labelOf, message, tenantId, world } from './engine.fixture.js';

// Random chains with random messages against a reference that follows each message by hand.

/** Leaves by one letter of the message's way, chosen by the node's number; some of them make the batch wait. */
const kinds = ['plain', 'batched', 'waiting', 'stateful'] as const;
const walkers = (seen: string[]) =>
  kinds.map((kind) => {
    const step = (made: Parameters<typeof labelOf>[0], nodeName: string) => {
      seen.push(`${nodeName}:${labelOf(made)}`);
      return { to: wayOf(made.data as { way: string }, Number(nodeName.slice(1))), made };
    };
    return defineRuleNode<object, { n: number }, string>({
      type: `test.${kind}`,
      version: 1,
      category: 'action',
      title: 'W',
      summary: 'Walks.',
      config: z.strictObject({}),
      defaults: {},
      relationTypes: 'custom',
      ...(kind === 'stateful' ? { state: { schema: z.strictObject({ n: z.int() }), keyedBy: 'originator' as const, maxEntries: 100 } } : {}),
      onMessage(made, { nodeName, state }) {
        const { to } = step(made, nodeName);
        const outcome = kind === 'stateful' ? route(to, made, { state: { n: (state?.n ?? 0) + 1 } }) : route(to, made);
        return kind === 'waiting' && to === 'A' ? Promise.resolve(outcome) : outcome;
      },
      ...(kind === 'batched' ? { onBatch: (all, { nodeName }) => all.map((made) => route(step(made, nodeName).to, made)) } : {}),
    });
  });
const wayOf = ({ way }: { readonly way: string }, node: number): string => way[node % way.length] ?? 'A';

interface Plan {
  readonly kinds: readonly number[];
  readonly edges: readonly { readonly from: number; readonly to: number; readonly label: string }[];
  readonly batches: readonly (readonly { readonly way: string; readonly device: number }[])[];
}

const plans: fc.Arbitrary<Plan> = fc.integer({ min: 2, max: 6 }).chain((count) =>
  fc.record({
    kinds: fc.array(fc.nat(kinds.length - 1), { minLength: count, maxLength: count }),
    // Onward edges only, so the chain has no loop; labels in both spellings, dense enough that ways meet again.
    edges: fc.array(
      fc
        .record({ from: fc.nat(count - 2), to: fc.integer({ min: 1, max: count - 1 }), label: fc.constantFrom('A', 'B', 'a', 'b') })
        .map(({ from, to, label }) => ({ from, to: Math.max(from + 1, to), label })),
      { maxLength: 12 },
    ),
    batches: fc.array(fc.array(fc.record({ way: fc.stringMatching(/^[AB]{1,3}$/), device: fc.nat(2) }), { minLength: 1, maxLength: 5 }), {
      minLength: 1,
      maxLength: 4,
    }),
  }),
);

/** How often each node sees a message that goes this way. */
function visits({ edges }: Plan, way: string): Map<number, number> {
  const counts = new Map<number, number>([[0, 1]]);
  const last = Math.max(0, ...edges.map(({ to }) => to));
  for (let node = 0; node <= last; node += 1) {
    for (const { to } of edges.filter((edge) => edge.from === node && edge.label.toLowerCase() === wayOf({ way }, node).toLowerCase())) {
      counts.set(to, (counts.get(to) ?? 0) + (counts.get(node) ?? 0));
    }
  }
  return counts;
}

test('every message visits what its way says, each node sees messages in order, and every branch is accounted for', async () => {
  await fc.assert(
    fc.asyncProperty(plans, async (plan) => {
      const seen: string[] = [];
      const { engine, store } = world({ nodes: walkers(seen) });
      const sketch = Object.fromEntries(plan.kinds.map((kind, node) => [`n${node}`, kinds[kind] ?? 'plain']));
      await engine.deploy(
        chain(
          'root',
          sketch,
          plan.edges.map(({ from, to, label }) => `n${from} -${label}-> n${to}`),
        ),
      );
      const labelled = plan.batches.map((ways, b) => ways.map((made, m) => ({ ...made, label: b * 10 + m })));
      await Promise.all(
        labelled.map((made) => engine.handle(batch(made.map(({ way, device, label }) => message(String(label), { way }, `device-${device}`))))),
      );

      const expected = plan.kinds.map((_, node) =>
        labelled.flat().flatMap(({ way, label }) => Array<number>(visits(plan, way).get(node) ?? 0).fill(label)),
      );
      const found = plan.kinds.map((_, node) => seen.filter((line) => line.startsWith(`n${node}:`)).map((line) => Number(line.split(':')[1])));
      expect(found).toEqual(expected);
      for (const node of (await engine.ledger(tenantId, 'root'))?.nodes ?? []) {
        expect(node.relations.reduce((sum, { left }) => sum + left, 0)).toBe(node.received);
      }
      expect(await deadLetters(store)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
