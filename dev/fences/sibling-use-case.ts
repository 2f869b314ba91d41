// at: packages/telemetry
// caught by: @nx/enforce-module-boundaries
// saying: layer:usecase
import type { Rule } from '@fieldline/rule-engine';

export type Reached = Rule;
