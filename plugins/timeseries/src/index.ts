import type { Plugin } from '@fieldline/plugin-sdk';
import { deleteAttributesNode } from './delete-attributes-node.js';
import { saveAttributesNode } from './save-attributes-node.js';
import { saveTimeSeriesNode } from './save-time-series-node.js';

/** Nodes that store what devices report. */
export const plugin: Plugin = { name: 'timeseries', nodes: [saveTimeSeriesNode, saveAttributesNode, deleteAttributesNode] };
