// at: plugins/filters
// caught by: @nx/enforce-module-boundaries
// saying: layer:plugin
import { isUuid } from '@fieldline/kernel';

export const reached = isUuid;
