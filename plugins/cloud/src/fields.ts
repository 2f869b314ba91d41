import { z } from '@fieldline/plugin-sdk';
import { ENTRIES_MAX, TEXT_LENGTH_MAX } from './limits.js';

/** A text of any kind. */
export const text = (title: string, description: string) => z.string().max(TEXT_LENGTH_MAX).describe(description).meta({ title });

/** One that may be absent. */
export const optionalText = (title: string, description: string) => z.string().max(TEXT_LENGTH_MAX).nullish().describe(description).meta({ title });

/** One that nobody should see. */
export const secretText = (title: string, description: string) =>
  z.string().max(TEXT_LENGTH_MAX).nullish().describe(description).meta({ title, secret: true });

/** One with placeholders. */
export const template = (title: string, description: string) => text(title, `${description} May have \`\${metadataKey}\` and \`$[dataKey]\`.`);

/** Texts by name. */
export const mapping = (title: string, description: string) =>
  z
    .record(z.string(), z.string().max(TEXT_LENGTH_MAX))
    .refine((entries) => Object.keys(entries).length <= ENTRIES_MAX, `at most ${ENTRIES_MAX} entries`)
    .nullish()
    .transform((value) => value ?? {})
    .describe(description)
    .meta({ title });
