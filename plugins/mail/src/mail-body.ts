import { z } from '@fieldline/plugin-sdk';

/** Type of the messages that "to email" makes and "send email" takes. */
export const mailMessageType = 'SEND_EMAIL';

/** Data URIs by content id. */
export const mailImages = z.record(z.string(), z.string());

const text = z.string().nullish();

/** Body of such a message, as ThingsBoard writes it. */
export const mailBody = z.object({
  from: text,
  to: text,
  cc: text,
  bcc: text,
  subject: text,
  body: text,
  images: mailImages.nullish(),
  html: z.boolean().nullish(),
});
