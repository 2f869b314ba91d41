import { Navigate } from 'react-router';
import { useSignedIn } from '../api/signed-in.js';
import { startFor } from './places.js';

/** Leads to where the one who signed in begins. */
export function StartPage() {
  return <Navigate to={startFor(useSignedIn()?.authority)} replace />;
}
