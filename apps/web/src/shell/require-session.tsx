import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useSession } from '../api/session.js';

/** Shows the children to those who are signed in; the others sign in first and come back to where they wanted to go. */
export function RequireSession({ children }: { children: ReactNode }) {
  const isSignedIn = useSession((session) => session.tokens !== undefined);
  const location = useLocation();
  if (isSignedIn) return children;
  const target = location.pathname + location.search;
  return <Navigate to={target === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(target)}`} replace />;
}
