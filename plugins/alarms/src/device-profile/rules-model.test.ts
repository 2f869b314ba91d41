// Goal: whatever readings come in whatever order, alarms are those that rule-nodes.md §5.4 says. Method: random rules and
// readings, over a model that keeps every rule as a few numbers and one alarm as its severity.
import { telemetry } from '@fieldline/plugin-sdk/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { above, alarm, below, duration, profileNode, repeating, rule } from './device-profile.fixture.js';

type Spec = { readonly type: 'SIMPLE' } | { readonly type: 'REPEATING' | 'DURATION'; readonly amount: number };
interface RuleCase {
  readonly key: 'a' | 'b';
  readonly limit: number;
  readonly spec: Spec;
}
type Reading = { readonly tsMs: number } & Partial<Record<'a' | 'b', number>>;

const spec: fc.Arbitrary<Spec> = fc.oneof(
  fc.constant({ type: 'SIMPLE' as const }),
  fc.record({ type: fc.constantFrom('REPEATING' as const, 'DURATION' as const), amount: fc.integer({ min: 1, max: 3 }) }),
);
const ruleCase = fc.record({ key: fc.constantFrom('a' as const, 'b' as const), limit: fc.nat(4), spec });
// Some time before now, so that the timer never has a say; some readings come late or twice.
const reading = fc.record(
  { tsMs: fc.nat(12).map((seconds) => 1_000 + seconds * 1_000), a: fc.nat(5), b: fc.nat(5) },
  { requiredKeys: ['tsMs'] },
) as fc.Arbitrary<Reading>;

test('alarms are those of a plain model', async () => {
  const cases = fc.record({ critical: ruleCase, major: ruleCase, clear: ruleCase, readings: fc.array(reading, { minLength: 1, maxLength: 20 }) });
  await fc.assert(
    fc.asyncProperty(cases, async ({ critical, major, clear, readings }) => {
      const node = profileNode(alarm({ CRITICAL: stored(critical, above), MAJOR: stored(major, above) }, stored(clear, below)));
      const model = new Model([critical, major], clear);
      for (const given of readings) {
        const { tsMs, ...values } = given;
        node.advanceMs(1);
        expect(await node.relation(telemetry('device-a', values, { tsMs }))).toBe(model.way(given));
      }
    }),
    { numRuns: 300 },
  );
});

function stored({ key, limit, spec: given }: RuleCase, compare: typeof above) {
  if (given.type === 'SIMPLE') return rule(compare(limit, key));
  return rule(compare(limit, key), { spec: given.type === 'REPEATING' ? repeating(given.amount) : duration(given.amount) });
}

interface Kept {
  lastMs: number;
  heldMs: number;
  count: number;
}
const fresh = (): Kept => ({ lastMs: 0, heldMs: 0, count: 0 });

class Model {
  readonly #create: readonly RuleCase[];
  readonly #clear: RuleCase;
  #kept: Kept[] = [fresh(), fresh()];
  #keptClear = fresh();
  #values: Partial<Record<'a' | 'b', number>> = {};
  #lastMs: number | undefined;
  /** Severity of the active alarm: 0 is critical. */
  #active: number | undefined;

  constructor(create: readonly RuleCase[], clear: RuleCase) {
    this.#create = create;
    this.#clear = clear;
  }

  way({ tsMs, ...values }: Reading): string {
    const used = [...this.#create, this.#clear].map(({ key }) => key);
    const known = (['a', 'b'] as const).filter((key) => values[key] !== undefined && used.includes(key));
    const changed = known.filter((key) => this.#lastMs !== tsMs || this.#values[key] !== values[key]);
    if (changed.length === 0) return 'Success';
    this.#lastMs = tsMs;
    this.#values = { ...this.#values, ...values };
    const winner = this.#create.findIndex((one, n) => changed.includes(one.key) && this.#isTrue(one, this.#kept, n, tsMs, (a, b) => a > b));
    if (winner >= 0) {
      this.#keptClear = fresh();
      const before = this.#active;
      if (before !== undefined && winner > before) return 'Success';
      this.#active = winner;
      if (before === undefined) return 'Success, +Alarm Created';
      return before === winner ? 'Success, +Alarm Updated' : 'Success, +Alarm Severity Updated';
    }
    if (this.#active === undefined || !changed.includes(this.#clear.key)) return 'Success';
    const kept = [this.#keptClear];
    const isOver = this.#isTrue(this.#clear, kept, 0, tsMs, (a, b) => a < b);
    this.#keptClear = kept[0] ?? fresh();
    if (!isOver) return 'Success';
    this.#active = undefined;
    this.#kept = [fresh(), fresh()];
    this.#keptClear = fresh();
    return 'Success, +Alarm Cleared';
  }

  #isTrue({ key, limit, spec: given }: RuleCase, kept: Kept[], n: number, tsMs: number, compare: (a: number, b: number) => boolean): boolean {
    const value = this.#values[key];
    const state = kept[n] ?? fresh();
    if (value === undefined || !compare(value, limit)) {
      kept[n] = fresh();
      return false;
    }
    if (given.type === 'SIMPLE') return true;
    if (given.type === 'REPEATING') return (state.count += 1) >= given.amount;
    if (state.lastMs === 0) state.lastMs = tsMs;
    else if (tsMs > state.lastMs) {
      state.heldMs += tsMs - state.lastMs;
      state.lastMs = tsMs;
    }
    return state.heldMs > given.amount * 1_000;
  }
}
