import * as z from 'zod';

/** Query parameters of saves that may change a name which is taken (rest-api.md §8). */
export const nameConflictParametersSchema = z.object({
  nameConflictPolicy: z.enum(['FAIL', 'UNIQUIFY']).default('FAIL').describe('What to do when the name is taken: refuse it, or append a suffix.'),
  uniquifySeparator: z.string().max(16).default('_').describe('Stands between the name and the suffix.'),
  uniquifyStrategy: z.enum(['RANDOM', 'INCREMENTAL']).default('RANDOM').describe('The suffix: 6 random characters, or the next free number from 1.'),
});

/** What a request says about a name that is taken. */
export function nameConflictOf(parameters: z.output<typeof nameConflictParametersSchema>) {
  const { nameConflictPolicy: policy, uniquifySeparator: separator, uniquifyStrategy: strategy } = parameters;
  return { policy, separator, strategy };
}
