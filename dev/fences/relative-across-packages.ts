// at: packages/model
// caught by: @nx/enforce-module-boundaries
// saying: relative
import { isUuid } from '../../kernel/src/ids.js';

export const reached = isUuid;
