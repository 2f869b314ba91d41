import type { EntityId, RuleChain, TenantId } from '@fieldline/model';
import { ValueKind } from '@fieldline/model';
import type { AnyRuleNodeDefinition } from '@fieldline/plugin-sdk';
import { harnessTenantId } from '@fieldline/plugin-sdk/testing';
import type { ScriptEngine } from '@fieldline/ports';
import { isDeepStrictEqual } from 'node:util';
import { openCaseEngine } from './case-engine.js';
import type { ChainCase } from './case-format.js';

type CaseEngine = Awaited<ReturnType<typeof openCaseEngine>>;

/** Runs one case in an engine of its own, and tells what is not as expected. */
export async function runCase(
  one: ChainCase,
  chains: readonly RuleChain[],
  tools: { readonly definitions: readonly AnyRuleNodeDefinition[]; readonly scripts: ScriptEngine },
): Promise<readonly string[]> {
  const entered = one.chain === undefined ? chains[0] : chains.find(({ name }) => name === one.chain);
  if (entered === undefined) return [`there is no chain "${one.chain ?? ''}"`];
  const world = await openCaseEngine(chains, tools.definitions, tools.scripts, one.world);
  try {
    for (const message of one.messages) await world.send(message, entered.id);
    await world.clock.advanceMs(one.waitMs);
    return [
      ...(await routeFaults(one, world, chains)),
      ...outputFaults(one, world),
      ...(await storeFaults(one, world)),
      ...outsideFaults(one, world),
    ];
  } finally {
    await world.engine.close();
  }
}

async function routeFaults({ expect }: ChainCase, { engine }: CaseEngine, chains: readonly RuleChain[]): Promise<readonly string[]> {
  const ledgers = await Promise.all(chains.map(({ id, tenantId }) => engine.ledger(tenantId as TenantId, id)));
  const found = ledgers.flatMap((ledger) =>
    (ledger?.nodes ?? []).flatMap(({ name, relations }) =>
      relations
        .filter(({ left }) => left > 0)
        .map(({ relationType, left }) => `${chains.length > 1 ? `${ledger?.name} / ` : ''}${name} -> ${relationType}${left > 1 ? ` x${left}` : ''}`),
    ),
  );
  const missing = expect.route.filter((step) => !found.includes(step)).map((step) => `did not take ${step}`);
  const extra = found.filter((step) => !expect.route.includes(step)).map((step) => `took ${step}`);
  return [...missing, ...extra];
}

function outputFaults({ expect }: ChainCase, { left }: CaseEngine): readonly string[] {
  return expect.outputs.flatMap((wanted) => {
    const ofNode = left.filter(({ node }) => node === wanted.node);
    if (ofNode.some((one) => holds(one, wanted))) return [];
    return [`nothing left "${wanted.node}" as ${JSON.stringify(wanted)}, but ${JSON.stringify(ofNode)}`];
  });
}

async function storeFaults({ expect, messages }: ChainCase, { store }: CaseEngine): Promise<readonly string[]> {
  const faults: string[] = [];
  const compare = (what: string, found: unknown, wanted: unknown): void => {
    if (!isDeepStrictEqual(found, wanted)) faults.push(`${what} are ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
  };
  const originator = messages[0]?.originator as EntityId | undefined;
  if (originator !== undefined) {
    if (expect.points !== undefined) compare('points', valuesOf(await store.latest(harnessTenantId, originator)), expect.points);
    for (const [scope, wanted] of Object.entries(expect.attributes ?? {})) {
      compare(`${scope} attributes`, valuesOf(await store.attributes(harnessTenantId, originator, scope as 'SERVER_SCOPE')), wanted);
    }
  }
  if (expect.alarms !== undefined) {
    const { data } = await store.alarms(harnessTenantId, { page: 0, pageSize: 100 });
    if (!holds(data, expect.alarms)) faults.push(`alarms are ${JSON.stringify(data)}, not ${JSON.stringify(expect.alarms)}`);
  }
  const { data: letters } = await store.deadLetters(harnessTenantId, { page: 0, pageSize: 100 });
  compare('failures', letters.map(({ code }) => code).sort(), [...expect.failed].sort());
  return faults;
}

function outsideFaults({ expect }: ChainCase, { recorded }: CaseEngine): readonly string[] {
  const compare = (what: string, found: unknown, wanted: unknown): string[] =>
    wanted === undefined || holds(found, wanted) ? [] : [`${what} are ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`];
  return [
    ...compare('requests', recorded.requests, expect.requests),
    ...compare(
      'mails',
      recorded.mails.map(({ mail }) => mail),
      expect.mails,
    ),
  ];
}

function valuesOf(stored: readonly { readonly key: string; readonly kind: number; readonly value: unknown }[]): Readonly<Record<string, unknown>> {
  const values = stored.map(({ key, kind, value }) => [key, kind === ValueKind.json ? (JSON.parse(String(value)) as unknown) : value] as const);
  return Object.fromEntries(values.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether a value has all that is wanted of it: members that are not named may be anything, lists are as long as wanted. */
function holds(found: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted))
    return Array.isArray(found) && found.length === wanted.length && wanted.every((part, place) => holds(found[place], part));
  if (typeof wanted !== 'object' || wanted === null) return isDeepStrictEqual(found, wanted);
  if (typeof found !== 'object' || found === null) return false;
  return Object.entries(wanted).every(([name, part]) => part === undefined || holds((found as Record<string, unknown>)[name], part));
}
