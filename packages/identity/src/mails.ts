import type { Mail } from '@fieldline/ports';

// The text of every mail about signing in. Plain text: it reads the same everywhere, and nothing in it can be made to
// look like something else.

const foot = '\n\nFieldline';

export function resetMail(to: string, link: string): Mail {
  const text = `Somebody reported that the password of ${to} is lost. To set a new one, open this link within 24 hours:\n\n${link}\n\nIf that was not you, nothing has changed and there is nothing to do.`;
  return { to, subject: 'Set a new password', text: text + foot };
}

export function activatedMail(to: string, base: string): Mail {
  return { to, subject: 'Your account is active', text: `The account ${to} is active. Sign in at:\n\n${base}/sign-in${foot}` };
}

export function passwordChangedMail(to: string): Mail {
  const text = `The password of ${to} was changed. If that was not you, tell your administrator at once.`;
  return { to, subject: 'Your password was changed', text: text + foot };
}

export function lockedMail(to: string, locked: { readonly email: string; readonly attempts: number; readonly minutes: number }): Mail {
  const text = `After ${locked.attempts} wrong passwords in a row the user ${locked.email} cannot sign in for ${locked.minutes} minutes.`;
  return { to, subject: `User ${locked.email} is locked`, text: text + foot };
}

export function testMail(to: string): Mail {
  return { to, subject: 'Test mail', text: `This mail shows that the mail settings work.${foot}` };
}
