import * as z from 'zod';

/** Load of the machines, as ThingsBoard's clients read it. */
export const systemInfoSchema = z.strictObject({
  monolith: z.boolean().describe('Whether one process does everything.'),
  systemData: z
    .array(
      z.strictObject({
        serviceId: z.string().describe('Name of the machine.'),
        serviceType: z.string().describe('What runs there.'),
        cpuUsage: z.int().describe('Load of the processors, in per cent.'),
        cpuCount: z.int().describe('Number of processors.'),
        memoryUsage: z.int().describe('Memory in use, in per cent.'),
        totalMemory: z.int().describe('Memory there is, in bytes.'),
        discUsage: z.int().describe('Disk in use, in per cent.'),
        totalDiscSpace: z.int().describe('Disk there is, in bytes.'),
      }),
    )
    .describe('One entry a machine.'),
});

/** What the system administrator has set up. */
export const featuresInfoSchema = z.strictObject({
  emailEnabled: z.boolean().describe('Whether the system administrator set a mail server.'),
  smsEnabled: z.boolean().describe('Always false.'),
  notificationEnabled: z.boolean().describe('Always false.'),
  oauthEnabled: z.boolean().describe('Always false.'),
  twoFaEnabled: z.boolean().describe('Always false.'),
});

/** What server this is. */
export const buildInfoSchema = z.strictObject({
  version: z.string().describe('Version of the server.'),
  artifact: z.string().describe('Short name.'),
  name: z.string().describe('Name.'),
  type: z.string().describe('Edition whose API this is: CE.'),
});

/** What a client needs to know before it draws anything. */
export const systemParametersSchema = z.strictObject({
  userTokenAccessEnabled: z.boolean().describe('Whether the caller may act as other users.'),
  allowedDashboardIds: z.array(z.string()).describe('Always empty.'),
  edgesSupportEnabled: z.boolean().describe('Always false.'),
  hasRepository: z.boolean().describe('Always false.'),
  tbelEnabled: z.boolean().describe('Whether scripts may be written in TBEL.'),
  persistDeviceStateToTelemetry: z.boolean().describe('Always false: the state of devices is kept in attributes.'),
  userSettings: z.record(z.string(), z.json()).describe('Settings that the client keeps for the user.'),
  maxDatapointsLimit: z.int().describe('Points that a client should ask for at most.'),
  maxResourceSize: z.int().describe('Greatest file, in bytes; 0 is no limit.'),
  mobileQrEnabled: z.boolean().describe('Always false.'),
  maxDebugModeDurationMinutes: z.int().describe('How long "debug everything" stays on at a rule node.'),
  nullsOrderStrategy: z.string().describe('How absent values are sorted.'),
  edqsEnabled: z.boolean().describe('Always false.'),
});
