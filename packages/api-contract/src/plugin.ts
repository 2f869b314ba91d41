import * as z from 'zod';

/** A plugin of the plugins folder, as the API shows it. */
export const wirePluginSchema = z.strictObject({
  name: z.string().describe('Name of its package.'),
  version: z.string().describe('Version of its package; empty where its package.json is of no use.'),
  description: z.string().describe('What it says of itself.'),
  nodes: z
    .array(z.strictObject({ type: z.string().describe('Node type.'), title: z.string().describe('Its name in the palette.') }))
    .describe('The node types it has; none where it is refused.'),
  status: z
    .enum(['idle', 'running', 'waiting', 'quarantined', 'refused'])
    .describe(
      'idle: its process starts with its first node. running. waiting: the process ended and starts again by itself. quarantined: it ended too often and is left alone for ten minutes. refused: it cannot be used.',
    ),
  restarts: z.int().describe('How often its process was started again since the server started.'),
  problem: z
    .strictObject({
      code: z.string().describe('Code of the error.'),
      message: z.string().describe('The error in words.'),
      remedy: z.string().describe('What to do about it.'),
    })
    .nullable()
    .describe('Why it is not used, or why its process ended the last time; null where all is well.'),
});
export type WirePlugin = z.infer<typeof wirePluginSchema>;

/** What is known of a plugin. */
interface KnownPlugin extends Omit<WirePlugin, 'status' | 'problem' | 'nodes'> {
  readonly nodes: readonly WirePlugin['nodes'][number][];
  readonly state: WirePlugin['status'];
  readonly problem?: NonNullable<WirePlugin['problem']> | undefined;
}

export function pluginToWire({ name, version, description, nodes, state, restarts, problem }: KnownPlugin): WirePlugin {
  const { code, message, remedy } = problem ?? { code: '', message: '', remedy: '' };
  return {
    ...{ name, version, description, nodes: [...nodes], restarts },
    status: state,
    problem: problem === undefined ? null : { code, message, remedy },
  };
}
