import { parseRateLimits } from '@fieldline/model';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { configErrors } from '../errors.js';
import { mailServerOfUrl } from '../mail/smtp-url.js';
import { parseAllowList } from '../outbound/allow-list.js';

/** A whole number; the environment holds text, the file may hold either. */
const whole = (min: number, max: number) =>
  z
    .union([z.number(), z.string().regex(/^\d+$/).transform(Number)], 'must be a whole number')
    .pipe(z.number('must be a whole number').int('must be a whole number').min(min).max(max));
/** A port number; 0 picks a free one. */
const port = whole(0, 65_535);
/** A port number, or `off`, which is undefined for the rest of the program. */
const optionalPort = (preset: number | 'off') =>
  z
    .union([z.literal('off'), port], 'must be a port number or off')
    .default(preset)
    .transform((value) => (value === 'off' ? undefined : value));
const email = z.email().max(255);
const password = z.string().min(6).max(72).optional();
const smtpUrl = z
  .string()
  .max(2048)
  .refine((text) => mailServerOfUrl(text, '') !== undefined, 'must be like smtp://user:password@host:port')
  .optional();
const allowList = z
  .string()
  .max(65_536)
  .default('')
  .superRefine((text, context) => {
    const list = parseAllowList(text);
    if ('fault' in list) context.addIssue(`${list.fault.slice(0, 255)} is no host, host:port or CIDR range`);
  });
const rateLimits = z
  .string()
  .max(255)
  .default('')
  .refine((text) => parseRateLimits(text) !== undefined, 'must be like 100:1,1000:60: so many in so many seconds');
const roles = ['api', 'transport', 'engine'] as const;

const settingsSchema = z.strictObject({
  FIELDLINE_DATA_DIR: z.string().min(1).default('./data').describe('Folder that keeps everything in embedded mode.'),
  FIELDLINE_PLUGINS_DIR: z
    .string()
    .min(1)
    .optional()
    .describe('Folder with plugins of third parties, read at the start. Absent: the folder plugins in FIELDLINE_DATA_DIR.'),
  FIELDLINE_HOST: z.string().min(1).default('0.0.0.0').describe('Address that all listeners bind to.'),
  FIELDLINE_HTTP_PORT: port.default(8080).describe('API, WebSocket and web app; 0 picks a free port.'),
  FIELDLINE_MQTT_PORT: optionalPort(1883).describe('MQTT device endpoint; 0 picks a free port, off turns it off.'),
  FIELDLINE_BROKER_PORT: optionalPort('off').describe('Plain MQTT broker, usually 1884; 0 picks a free port, off turns it off.'),
  FIELDLINE_COAP_PORT: optionalPort(5683).describe('CoAP device endpoint; 0 picks a free port, off turns it off.'),
  FIELDLINE_SYSADMIN_EMAIL: email.default('sysadmin@fieldline.local').describe('System administrator, made at the first start.'),
  FIELDLINE_SYSADMIN_PASSWORD: password.describe('Password of the system administrator at the first start; random if absent.'),
  FIELDLINE_TENANT_EMAIL: email.default('tenant@fieldline.local').describe('Administrator of the first tenant, made at the first start.'),
  FIELDLINE_TENANT_PASSWORD: password.describe('Password of the tenant administrator at the first start; random if absent.'),
  FIELDLINE_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be like https://fieldline.example.com' })
    .max(1024)
    .optional()
    .describe(
      'Address that people use for this server, for links in mail. Absent: the one that a request of a signed-in user came to; links to set a lost password then name localhost.',
    ),
  FIELDLINE_SMTP_URL: smtpUrl.describe('Mail server, where the system administrator sets none; without any, mail is written to the log.'),
  FIELDLINE_MAIL_FROM: z.string().min(1).max(255).default('fieldline@localhost').describe('Sender of mail that goes through FIELDLINE_SMTP_URL.'),
  FIELDLINE_OUTBOUND_ALLOW: allowList.describe(
    'What rule nodes may reach besides public addresses: hosts, host:port and CIDR ranges such as 10.0.0.0/8, with commas between them. An error of a node names the entry it lacks.',
  ),
  FIELDLINE_QUERY_OR: z.enum(['on', 'off']).default('on').describe('Whether entity queries may join their conditions by OR.'),
  FIELDLINE_WS_SUBSCRIPTIONS_PER_TENANT: rateLimits.describe(
    'How many commands that stay open the sockets of a tenant may send in a time, such as `1000:60` for a minute; empty: any number.',
  ),
  FIELDLINE_WS_SUBSCRIPTIONS_PER_USER: rateLimits.describe('The same of one user.'),
  FIELDLINE_USER_TOKEN_ACCESS: z.enum(['on', 'off']).default('on').describe('Whether administrators may act as the users they manage.'),
  FIELDLINE_PROFILE: z.enum(['embedded']).default('embedded').describe('Where data is kept and how processes work together.'),
  FIELDLINE_QUEUE: z
    .enum(['memory', 'bullmq'])
    .default('memory')
    .describe('What carries messages to the engine: memory, or bullmq over the Redis of REDIS_URL.'),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: 'must be like redis://user:password@host:6379' })
    .max(2048)
    .optional()
    .describe('Redis for FIELDLINE_QUEUE=bullmq; its maxmemory-policy must be noeviction.'),
  FIELDLINE_ROLES: z
    .string()
    .default(roles.join(','))
    .transform((text) => text.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(roles)).min(roles.length, 'the embedded profile runs all roles in one process'))
    .describe('What this process does: api, transport and engine.'),
  FIELDLINE_ACK_TIMEOUT_MS: whole(100, 600_000).default(10_000).describe('Longest wait for a reading to be stored.'),
  FIELDLINE_INFLIGHT_MB: whole(1, 65_536).default(128).describe('Budget for readings on their way to the disk.'),
  FIELDLINE_OTA_MAX_MB: whole(1, 65_536).default(256).describe('Largest file of an OTA package.'),
  FIELDLINE_KAA: z.enum(['on', 'off']).default('on').describe('Whether devices without user name may speak Kaa 1/KP.'),
  FIELDLINE_KAA_PATHS: z
    .enum(['strict', 'relaxed'])
    .default('strict')
    .describe('relaxed: every 1/KP data collection path that begins with `json`, such as `json/random_string`, is taken for `json`.'),
  FIELDLINE_CLAIMING: z
    .enum(['on', 'off'])
    .default('on')
    .describe('Whether any device may offer itself to be claimed; off: only those whose server attribute `claimingAllowed` is true.'),
  FIELDLINE_CLAIM_DURATION_MS: whole(1_000, 315_360_000_000)
    .default(86_400_000)
    .describe('How long such an offer stands where the device does not say.'),
  FIELDLINE_INACTIVITY_TIMEOUT_MS: whole(1_000, Number.MAX_SAFE_INTEGER)
    .default(600_000)
    .describe('How long a device may be silent before it counts as inactive; its server attribute `inactivityTimeout` comes first.'),
  FIELDLINE_STATE_CHECK_MS: whole(100, 86_400_000).default(60_000).describe('How often devices that fell silent are looked for.'),
  FIELDLINE_AUDIT_TTL_DAYS: whole(0, 36_500).default(365).describe('How many days records of the audit log are kept; 0 is for ever.'),
  FIELDLINE_EVENT_TTL_DAYS: whole(0, 36_500).default(7).describe('How many days events of entities are kept; 0 is for ever.'),
  FIELDLINE_DEAD_LETTER_TTL_DAYS: whole(0, 36_500).default(30).describe('How many days messages that failed for good are kept; 0 is for ever.'),
  FIELDLINE_DEAD_LETTERS_MAX: whole(1_000, 10_000_000)
    .default(100_000)
    .describe('How many of them are kept of each tenant, the newest, in whole thousands.'),
  FIELDLINE_TRACE_TTL_DAYS: whole(0, 36_500).default(7).describe('How many days recorded paths of messages are kept; 0 is for ever.'),
  FIELDLINE_TRACE_SAMPLE: whole(0, 1_000_000)
    .default(1_000)
    .describe(
      'Of how many messages from outside the path through the rule chains of one is recorded; 0: of none for that reason. The first of each entity in an hour and those that fail are recorded besides.',
    ),
  FIELDLINE_TRACE_MB: whole(1, 1_024).default(64).describe('How much of them is kept of each tenant, the newest.'),
  FIELDLINE_FUTURE_MAX_MS: whole(0, Number.MAX_SAFE_INTEGER).default(86_400_000).describe('How far ahead of our clock a reading may be.'),
  FIELDLINE_SCRIPT_TIMEOUT_MS: whole(1, 60_000).default(2_000).describe('Longest run of a user script for one message.'),
  FIELDLINE_PLUGIN_TIMEOUT_MS: whole(100, 600_000)
    .default(10_000)
    .describe('Longest wait for a plugin of a third party. Devices do not wait that long: messages that a plugin is slow with are handed over.'),
  FIELDLINE_PLUGIN_MEMORY_MB: whole(128, 65_536).default(256).describe('Most memory that the process of a plugin of a third party may use.'),
  FIELDLINE_SQLITE_SYNCHRONOUS: z
    .enum(['FULL', 'OFF'])
    .default('FULL')
    .describe('FULL waits for the disk before a reading is acknowledged. OFF gives that promise up: for tests of the test tools only.'),
  FIELDLINE_LOG: z.enum(['error', 'warn', 'info', 'debug']).default('warn').describe('Least severe log level that is written.'),
});

/** Every setting, parsed. Names are those of the environment; `fieldline.config.json` may hold the same keys. */
export type Settings = z.output<typeof settingsSchema> & { readonly FIELDLINE_PLUGINS_DIR: string };
export type SettingName = keyof Settings;

/** Names, defaults and descriptions, for the generated reference page. */
export const settingsReference = settingsSchema;

/**
 * Reads settings from the environment, then from `fieldline.config.json` in the working folder.
 *
 * @throws CONFIG_INVALID  names every setting that is wrong, and why
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>, folder: string): Settings {
  const merged: Record<string, unknown> = { ...readConfigFile(folder) };
  for (const name of Object.keys(settingsSchema.shape)) {
    const value = env[name];
    if (value !== undefined && value !== '') merged[name] = value;
  }
  const parsed = settingsSchema.safeParse(merged);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'fieldline.config.json'}: ${issue.message}`);
    throw configErrors.INVALID({ faults: faults.join('; ') });
  }
  const dataFolder = resolve(folder, parsed.data.FIELDLINE_DATA_DIR);
  const { FIELDLINE_PLUGINS_DIR: plugins } = parsed.data;
  const pluginsFolder = plugins === undefined ? join(dataFolder, 'plugins') : resolve(folder, plugins);
  return { ...parsed.data, FIELDLINE_DATA_DIR: dataFolder, FIELDLINE_PLUGINS_DIR: pluginsFolder };
}

function readConfigFile(folder: string): Record<string, unknown> {
  const path = join(folder, 'fieldline.config.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw configErrors.FILE_UNREADABLE({ path, reason: (error as Error).message }, { cause: error });
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('it is not a JSON object');
    return value as Record<string, unknown>;
  } catch (error) {
    throw configErrors.FILE_UNREADABLE({ path, reason: (error as Error).message }, { cause: error });
  }
}
