import * as z from 'zod';

const timeFiguresSchema = z
  .strictObject({
    count: z.int().describe('Messages counted.'),
    p50Us: z.number().nullable().describe('Half of them took no longer, in microseconds; null where nothing was counted.'),
    p95Us: z.number().nullable().describe('19 of 20 took no longer, in microseconds.'),
  })
  .describe('How long calls of the node took; of a batch, every message counts with the time of the whole call.');

const nodeFiguresSchema = z.strictObject({
  nodeId: z.string().describe('Id of the rule node.'),
  name: z.string().describe('Its name.'),
  type: z.string().describe('Its type.'),
  isActive: z.boolean().describe('False where it could not start: its messages fail.'),
  received: z.int().describe('Messages that came to it.'),
  failed: z.int().describe('Messages that failed here for good: each is a dead letter.'),
  handedOver: z.int().describe('Branches that were handed over, to go on after the commit: for an external node, a delay, a checkpoint, a queue.'),
  resumed: z.int().describe('Branches of those that went on since.'),
  ended: z.record(z.string(), z.int()).describe('Branches that ended here on purpose, by reason.'),
  relations: z
    .array(
      z.strictObject({
        relationType: z.string().describe('The relation type.'),
        left: z.int().describe('Messages that left by it.'),
        unconnected: z.int().describe('Of those, messages for which it leads nowhere.'),
        time: timeFiguresSchema,
      }),
    )
    .describe('What left it.'),
  time: timeFiguresSchema,
});

const one = (what: string) => z.int().describe(`Branches that ${what}.`);

/** The account of a rule chain without its nodes: `entered + made` is the sum of the figures that follow them. */
export const wireLedgerSumsSchema = z.strictObject({
  ruleChainId: z.string().describe('Id of the rule chain.'),
  name: z.string().describe('Its name.'),
  version: z.int().describe('The version that runs.'),
  sinceTime: z.int().describe('Since when it counts, in milliseconds since 1970.'),
  entered: z.int().describe('Messages that came to the first node, from outside or from another chain.'),
  made: one('began inside: a copy for each further connection, what nodes make, what nested chains give back'),
  ended: one('ended on purpose'),
  unconnected: one('left by a relation type that leads nowhere'),
  failed: one('failed for good'),
  returned: one('went back to the chain that called this one'),
  called: one('went into a nested chain'),
  waiting: one('were handed over and are not done'),
});
export type WireLedgerSums = z.infer<typeof wireLedgerSumsSchema>;

/** The account of a rule chain with its nodes. */
export const wireLedgerSchema = z.strictObject({
  ...wireLedgerSumsSchema.shape,
  nodes: z.array(nodeFiguresSchema).describe('What happened at its nodes.'),
});
export type WireLedger = z.infer<typeof wireLedgerSchema>;

interface Time {
  readonly count: number;
  readonly p50Us?: number | undefined;
  readonly p95Us?: number | undefined;
}

interface LedgerSums {
  readonly ruleChainId: string;
  readonly name: string;
  readonly version: number;
  readonly sinceMs: number;
  readonly entered: number;
  readonly made: number;
  readonly ended: number;
  readonly unconnected: number;
  readonly failed: number;
  readonly returned: number;
  readonly called: number;
  readonly waiting: number;
}

/** An account as the engine keeps it. */
interface Ledger extends LedgerSums {
  readonly nodes: readonly {
    readonly nodeId: string;
    readonly name: string;
    readonly type: string;
    readonly isActive: boolean;
    readonly received: number;
    readonly failed: number;
    readonly handedOver: number;
    readonly resumed: number;
    readonly ended: Readonly<Record<string, number>>;
    readonly relations: readonly { readonly relationType: string; readonly left: number; readonly unconnected: number; readonly time: Time }[];
    readonly time: Time;
  }[];
}

export function ledgerSumsToWire(ledger: LedgerSums): WireLedgerSums {
  const { ruleChainId, name, version, sinceMs, entered, made, ended, unconnected, failed, returned, called, waiting } = ledger;
  const out = { ended, unconnected, failed, returned, called, waiting };
  return { ruleChainId, name, version, sinceTime: sinceMs, entered, made, ...out };
}

export function ledgerToWire(ledger: Ledger): WireLedger {
  const nodes = ledger.nodes.map(({ nodeId, name, type, isActive, received, failed, handedOver, resumed, ended, relations, time }) => ({
    ...{ nodeId, name, type, isActive, received, failed, handedOver, resumed, ended: { ...ended } },
    relations: relations.map(({ relationType, left, unconnected, time: ofLeft }) => ({ relationType, left, unconnected, time: timeToWire(ofLeft) })),
    time: timeToWire(time),
  }));
  return { ...ledgerSumsToWire(ledger), nodes };
}

function timeToWire({ count, p50Us, p95Us }: Time): z.infer<typeof timeFiguresSchema> {
  return { count, p50Us: p50Us ?? null, p95Us: p95Us ?? null };
}
