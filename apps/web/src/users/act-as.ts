import type { User } from '@fieldline/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { userApi } from '../api/customer-api.js';
import { keepSession } from '../api/session.js';

/** Signs in as another user, in place of the administrator who asks. */
export function useActAs(): (user: User) => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async (user) => {
    const tokens = await userApi.tokensOf(user.id.id);
    keepSession(tokens);
    // Nothing of the administrator's answers may be shown to the other.
    client.clear();
    await navigate('/');
  };
}
