import { useNavigate, useSearchParams } from 'react-router';
import { api } from '../api/api.js';
import { keepSession } from '../api/session.js';
import { EntryCard } from './entry-card.js';
import { NewPasswordForm } from './new-password-form.js';

/** Where an activation link leads: the first password of a user, who is signed in with it. */
export function CreatePasswordPage() {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const activateToken = search.get('activateToken') ?? '';
  return (
    <EntryCard title="Create a password" summary="Your account is ready. Choose the password you will sign in with.">
      <NewPasswordForm
        action="Create password and sign in"
        save={async (password) => keepSession(await api.activate(activateToken, password))}
        onSaved={() => void navigate('/', { replace: true })}
      />
    </EntryCard>
  );
}
