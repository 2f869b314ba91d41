import type { User } from '@fieldline/api-client';
import { useState } from 'react';
import { userApi } from '../api/customer-api.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { confirmDone } from '../ui/notify.js';
import { useActAs } from './act-as.js';

export interface UserQuestion {
  readonly about: 'actAs' | 'enable' | 'disable' | 'delete';
  readonly user: User;
}

interface Props {
  /** Absent while nothing is asked. */
  readonly question: UserQuestion | undefined;
  readonly onClose: () => void;
  readonly onDone: () => Promise<unknown>;
}

/** Asks before a user is let in, kept out, deleted or impersonated, and then does it. */
export function UserQuestions({ question, onClose, onDone }: Props) {
  const actAs = useActAs();
  // The dialog keeps its words while it closes.
  const [asked, setAsked] = useState(question);
  if (question !== undefined && question !== asked) setAsked(question);
  if (asked === undefined) return null;
  const { user, about } = asked;
  const { title, action, text, isHarmless } = wordsOf(user)[about];
  const answer = {
    actAs: () => actAs(user),
    enable: () => userApi.setEnabled(user.id.id, true).then(() => confirmDone(`${user.email} can sign in.`)),
    disable: () => userApi.setEnabled(user.id.id, false).then(() => confirmDone(`${user.email} can no longer sign in.`)),
    delete: () => userApi.remove(user.id.id).then(() => confirmDone(`${user.email} was deleted.`)),
  }[about];
  return (
    <ConfirmDialog
      isOpen={question !== undefined}
      title={title}
      action={action}
      isHarmless={isHarmless}
      onClose={onClose}
      onConfirm={async () => {
        await answer();
        if (about !== 'actAs') await onDone();
      }}
    >
      {text}
    </ConfirmDialog>
  );
}

function wordsOf({ email }: User) {
  return {
    actAs: {
      title: `Sign in as ${email}?`,
      action: 'Sign in',
      text: 'You leave your own account and see the product as this user does. What you do then is recorded under the name of this user. To come back, sign out and sign in as yourself.',
      isHarmless: true,
    },
    enable: {
      title: `Let ${email} sign in?`,
      action: 'Allow sign-in',
      text: 'The password from before works again.',
      isHarmless: true,
    },
    disable: {
      title: `Keep ${email} out?`,
      action: 'Block sign-in',
      text: 'Every sign-in of this user ends now, and API keys stop working, until you let the user in again.',
      isHarmless: false,
    },
    delete: {
      title: `Delete ${email}?`,
      action: 'Delete user',
      text: 'The user can no longer sign in, and loses alarms that were assigned. API keys stop working. This cannot be undone.',
      isHarmless: false,
    },
  } as const;
}
