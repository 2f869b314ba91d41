import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { probe } from './probe.js';
import type { Service } from './service.js';

/** A mail server that keeps every mail as a file, `000001.json` and so on, in the folder of SMTP_MAILS; see smtp_sink.py. */
export const smtp: Service = {
  name: 'smtp',
  component: 'aiosmtpd (Python)',
  portCount: 1,
  env: ({ folder, ports }) => [
    ['SMTP_URL', `smtp://127.0.0.1:${ports[0]}`],
    ['SMTP_MAILS', join(folder, 'mails')],
  ],
  prepare: ({ folder }) => void mkdirSync(join(folder, 'mails')),
  commands: ({ folder, ports }) => [
    { command: 'python3', args: [join(import.meta.dirname, 'smtp_sink.py'), String(ports[0]), join(folder, 'mails')] },
  ],
  answers: ({ ports }) => probe(ports[0], 'QUIT\r\n', (reply) => reply.toString().startsWith('220 ')),
};
