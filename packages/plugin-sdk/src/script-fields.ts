import * as z from 'zod';
import type { ScriptSettings } from './services/index.js';

/** Script bodies of a freshly dropped node. */
export interface ScriptDefaults {
  readonly js: string;
  readonly tbel: string;
}

const scriptLang = z
  .enum(['TBEL', 'JS'])
  .nullish()
  .describe('Language of the script that runs. Absent means JavaScript.')
  .meta({ title: 'Script language' });

/** The three settings every script node has, as ThingsBoard names them. Spread them into the node's schema. */
export function scriptFields(purpose: string) {
  return {
    scriptLang,
    jsScript: z.string().nullish().describe(`JavaScript: ${purpose}`).meta({ title: 'Script', language: 'javascript' }),
    tbelScript: z.string().nullish().describe(`TBEL: ${purpose}`).meta({ title: 'TBEL script', language: 'tbel' }),
  };
}

/** The three settings of a script that makes alarm details, under the names ThingsBoard gives them there. */
export const detailsScript = {
  fields: {
    scriptLang,
    alarmDetailsBuildJs: z
      .string()
      .nullish()
      .describe('JavaScript: Details(msg, metadata, msgType) returns the details of the alarm.')
      .meta({ title: 'Details script', language: 'javascript' }),
    alarmDetailsBuildTbel: z
      .string()
      .nullish()
      .describe('TBEL: Details(msg, metadata, msgType) returns the details of the alarm.')
      .meta({ title: 'TBEL details script', language: 'tbel' }),
  },
  settingsOf: (config: {
    readonly scriptLang?: 'TBEL' | 'JS' | null | undefined;
    readonly alarmDetailsBuildJs?: string | null | undefined;
    readonly alarmDetailsBuildTbel?: string | null | undefined;
  }): ScriptSettings => ({ scriptLang: config.scriptLang, jsScript: config.alarmDetailsBuildJs, tbelScript: config.alarmDetailsBuildTbel }),
};
