import type { Plugin } from '@fieldline/plugin-sdk';
import { clearAlarmNode } from './clear-alarm-node.js';
import { createAlarmNode } from './create-alarm-node.js';
import { deviceProfileNode } from './device-profile/device-profile-node.js';

/** Nodes that raise and clear alarms. */
export const plugin: Plugin = { name: 'alarms', nodes: [createAlarmNode, clearAlarmNode, deviceProfileNode] };
