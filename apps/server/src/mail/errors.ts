import { defineErrors } from '@fieldline/kernel';

/** Errors of sending mail. */
export const mailErrors = defineErrors('MAIL', {
  NOT_SENT: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { server: string; reason: string }) => `The mail was not taken by ${d.server}: ${d.reason}.`,
    remedy: 'Check the mail settings of the system administrator, or FIELDLINE_SMTP_URL; POST /api/admin/settings/testMail tries them.',
  },
});
