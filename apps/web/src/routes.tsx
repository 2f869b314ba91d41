import { Navigate, createBrowserRouter } from 'react-router';
import { RequireSession } from './shell/require-session.js';
import { RouteCrash } from './shell/route-crash.js';
import { Shell } from './shell/shell.js';
import { PageLoading } from './ui/page-loading.js';

/** Every page is a chunk of its own; this file and the shell are what loads first. */
export function createRouter() {
  return createBrowserRouter([
    {
      path: '/sign-in',
      HydrateFallback: PageLoading,
      ErrorBoundary: RouteCrash,
      lazy: async () => ({ Component: (await import('./sign-in/sign-in-page.js')).SignInPage }),
    },
    {
      path: '/',
      HydrateFallback: PageLoading,
      ErrorBoundary: RouteCrash,
      element: (
        <RequireSession>
          <Shell />
        </RequireSession>
      ),
      children: [
        { index: true, element: <Navigate to="/devices" replace /> },
        {
          ErrorBoundary: RouteCrash,
          children: [
            { path: 'devices', lazy: async () => ({ Component: (await import('./devices/devices-page.js')).DevicesPage }) },
            { path: 'devices/:deviceId', lazy: async () => ({ Component: (await import('./device/device-page.js')).DevicePage }) },
            { path: 'alarms', lazy: async () => ({ Component: (await import('./alarms/alarms-page.js')).AlarmsPage }) },
            { path: 'rule-chains', lazy: async () => ({ Component: (await import('./rule-chains/rule-chains-page.js')).RuleChainsPage }) },
            { path: 'rule-chains/:ruleChainId', lazy: async () => ({ Component: (await import('./editor/editor-page.js')).EditorPage }) },
            { path: '*', lazy: async () => ({ Component: (await import('./shell/not-found-page.js')).NotFoundPage }) },
          ],
        },
      ],
    },
  ]);
}
