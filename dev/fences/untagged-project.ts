// at: dev/fences/untagged-project
// caught by: @nx/enforce-module-boundaries
// saying: without tags
import { isUuid } from '@fieldline/kernel';

export const reached = isUuid;
