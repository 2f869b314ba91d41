import type { TokenPair } from '@fieldline/api-client';
import { create } from 'zustand';

const storageKey = 'fieldline.session';

interface SessionState {
  readonly tokens: TokenPair | undefined;
}

/** Who is signed in in this browser. Other tabs follow through the storage event. */
export const useSession = create<SessionState>(() => ({ tokens: read() }));

/** Begins or renews the session with a pair of tokens, or ends it with none. */
export function keepSession(tokens: TokenPair | undefined): void {
  write(tokens);
  useSession.setState({ tokens });
}

/** Keeps this tab in step with a sign-in, renewal or sign-out in another one. Call once, at start. */
export function followOtherTabs(): void {
  window.addEventListener('storage', (event) => {
    if (event.key === storageKey || event.key === null) useSession.setState({ tokens: read() });
  });
}

function read(): TokenPair | undefined {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? 'null');
    if (typeof stored !== 'object' || stored === null || !('token' in stored) || !('refreshToken' in stored)) return undefined;
    const { token, refreshToken } = stored;
    return typeof token === 'string' && typeof refreshToken === 'string' ? { token, refreshToken } : undefined;
  } catch {
    // Storage is blocked or holds something else: start signed out.
    return undefined;
  }
}

function write(tokens: TokenPair | undefined): void {
  try {
    if (tokens === undefined) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, JSON.stringify(tokens));
  } catch {
    // Without storage the session lasts as long as the page, which still works.
  }
}
