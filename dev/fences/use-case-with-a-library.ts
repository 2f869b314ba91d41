// at: packages/identity
// caught by: @nx/enforce-module-boundaries
// saying: layer:usecase
import * as z from 'zod';

export const reached = z.string();
