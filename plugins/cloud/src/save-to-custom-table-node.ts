import { z } from '@fieldline/plugin-sdk';
import { declaredNode } from './declared-node.js';
import { mapping, text } from './fields.js';

/** Writes values of a message into a table of Cassandra. */
export const saveToCustomTableNode = declaredNode({
  type: 'cloud.save-to-custom-table',
  version: 1,
  migrate: { 0: (old) => ({ defaultTtl: 0, ...(old as object) }) },
  category: 'action',
  title: 'Save to custom table',
  summary: 'Writes values of a message into a table of Cassandra.',
  docs: 'Writes into the table `cs_tb_` and the name of the settings. The source `$entityId` is the id of the originator.',
  icon: 'table-plus',
  thingsboard: { className: 'org.thingsboard.rule.engine.action.TbSaveToCustomCassandraTableNode', configurationVersion: 1 },
  needsPlugin: 'cassandra',
  config: z.strictObject({
    tableName: text('Table name', 'Name of the table, without its prefix.'),
    fieldsMapping: mapping('Fields mapping', 'Columns by the keys of the body that fill them.'),
    defaultTtl: z.int().min(0).default(0).describe('How long rows are kept, in seconds. 0: for ever.').meta({ title: 'Default TTL (s)' }),
  }),
  defaults: { tableName: '', fieldsMapping: { '': '' }, defaultTtl: 0 },
});
