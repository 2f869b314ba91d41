import { pluginConformance } from '@fieldline/plugin-sdk/testing';
import { test } from 'vitest';
import { plugin } from './index.js';

// What the server asks of a plugin: what it would refuse when it starts is said here.
test.each(pluginConformance(plugin))('the plugin $name', (check) => check.run());
