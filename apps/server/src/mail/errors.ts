import { defineErrors } from '@fieldline/kernel';

/** Errors of sending mail. */
export const mailErrors = defineErrors('MAIL', {
  NOT_SENT: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { server: string; reason: string }) => `The mail was not taken by ${d.server}: ${d.reason}.`,
    remedy:
      'Check the mail settings of the system administrator, or FIELDLINE_SMTP_URL; POST /api/admin/settings/testMail tries them. A rule node may have a server of its own: check its settings.',
  },
  NO_SERVER: {
    kind: 'unavailable',
    retry: 'later',
    message: 'No mail server is set.',
    remedy: 'Set one as system administrator or with FIELDLINE_SMTP_URL, or give the rule node a server of its own.',
  },
  INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { reason: string }) => `The mail cannot be sent: ${d.reason}.`,
    remedy: 'Correct the settings of the node "to email" that made it, or the metadata and data that fill its templates.',
  },
});
