import { Suspense, lazy } from 'react';
import { type RouteObject, createBrowserRouter } from 'react-router';
import { useSession } from './api/session.js';
import { RequireSession } from './shell/require-session.js';
import { RouteCrash } from './shell/route-crash.js';
import { StartPage } from './shell/start-page.js';
import { PageLoading } from './ui/page-loading.js';

const loadShell = async () => ({ default: (await import('./shell/shell.js')).Shell });
const Shell = lazy(loadShell);

/** Pages behind the sign-in. */
const pages: RouteObject[] = [
  { path: 'devices', lazy: async () => ({ Component: (await import('./devices/devices-page.js')).DevicesPage }) },
  { path: 'devices/:deviceId', lazy: async () => ({ Component: (await import('./device/device-page.js')).DevicePage }) },
  { path: 'assets', lazy: async () => ({ Component: (await import('./assets/assets-page.js')).AssetsPage }) },
  { path: 'assets/:assetId', lazy: async () => ({ Component: (await import('./assets/asset-page.js')).AssetPage }) },
  { path: 'alarms/:alarmId?', lazy: async () => ({ Component: (await import('./alarms/alarms-page.js')).AlarmsPage }) },
  { path: 'rule-chains', lazy: async () => ({ Component: (await import('./rule-chains/rule-chains-page.js')).RuleChainsPage }) },
  { path: 'rule-chains/:ruleChainId', lazy: async () => ({ Component: (await import('./editor/editor-page.js')).EditorPage }) },
  { path: 'traces', lazy: async () => ({ Component: (await import('./traces/traces-page.js')).TracesPage }) },
  { path: 'traces/:traceId', lazy: async () => ({ Component: (await import('./traces/trace-page.js')).TracePage }) },
  {
    path: 'dead-letters/:deadLetterId?',
    lazy: async () => ({ Component: (await import('./dead-letters/dead-letters-page.js')).DeadLettersPage }),
  },
  { path: 'queues', lazy: async () => ({ Component: (await import('./queues/queues-page.js')).QueuesPage }) },
  { path: 'broker', lazy: async () => ({ Component: (await import('./broker/broker-page.js')).BrokerPage }) },
  { path: 'customers', lazy: async () => ({ Component: (await import('./customers/customers-page.js')).CustomersPage }) },
  { path: 'customers/:customerId', lazy: async () => ({ Component: (await import('./customers/customer-page.js')).CustomerPage }) },
  { path: 'users', lazy: async () => ({ Component: (await import('./users/users-page.js')).UsersPage }) },
  { path: 'audit-log', lazy: async () => ({ Component: (await import('./audit-log/audit-log-page.js')).AuditLogPage }) },
  { path: 'usage', lazy: async () => ({ Component: (await import('./usage/usage-page.js')).UsagePage }) },
  { path: 'tenants', lazy: async () => ({ Component: (await import('./tenants/tenants-page.js')).TenantsPage }) },
  { path: 'tenants/:tenantId', lazy: async () => ({ Component: (await import('./tenants/tenant-page.js')).TenantPage }) },
  {
    path: 'tenant-profiles',
    lazy: async () => ({ Component: (await import('./tenant-profiles/tenant-profiles-page.js')).TenantProfilesPage }),
  },
  {
    path: 'tenant-profiles/:tenantProfileId',
    lazy: async () => ({ Component: (await import('./tenant-profiles/profile-page.js')).TenantProfilePage }),
  },
  { path: 'settings', lazy: async () => ({ Component: (await import('./settings/settings-page.js')).SettingsPage }) },
  { path: 'account', lazy: async () => ({ Component: (await import('./account/account-page.js')).AccountPage }) },
  { path: '*', lazy: async () => ({ Component: (await import('./shell/not-found-page.js')).NotFoundPage }) },
];

/** Every page is a chunk of its own, and so is the shell, which the sign-in page does without. */
export function createRouter() {
  // Who is signed in needs the shell beside the page, not after it.
  if (useSession.getState().tokens !== undefined) void loadShell();
  return createBrowserRouter([
    {
      path: '/sign-in',
      HydrateFallback: PageLoading,
      ErrorBoundary: RouteCrash,
      lazy: async () => ({ Component: (await import('./sign-in/sign-in-page.js')).SignInPage }),
    },
    {
      path: '/public/:publicId',
      HydrateFallback: PageLoading,
      ErrorBoundary: RouteCrash,
      lazy: async () => ({ Component: (await import('./sign-in/public-page.js')).PublicPage }),
    },
    {
      path: '/forgot-password',
      HydrateFallback: PageLoading,
      ErrorBoundary: RouteCrash,
      lazy: async () => ({ Component: (await import('./sign-in/forgot-password-page.js')).ForgotPasswordPage }),
    },
    {
      path: '/login/createPassword',
      HydrateFallback: PageLoading,
      ErrorBoundary: RouteCrash,
      lazy: async () => ({ Component: (await import('./sign-in/create-password-page.js')).CreatePasswordPage }),
    },
    {
      path: '/login/resetPassword',
      HydrateFallback: PageLoading,
      ErrorBoundary: RouteCrash,
      lazy: async () => ({ Component: (await import('./sign-in/reset-password-page.js')).ResetPasswordPage }),
    },
    {
      path: '/activationLinkExpired',
      HydrateFallback: PageLoading,
      ErrorBoundary: RouteCrash,
      lazy: async () => ({ Component: (await import('./sign-in/link-expired-pages.js')).ActivationLinkExpiredPage }),
    },
    {
      path: '/passwordResetLinkExpired',
      HydrateFallback: PageLoading,
      ErrorBoundary: RouteCrash,
      lazy: async () => ({ Component: (await import('./sign-in/link-expired-pages.js')).ResetLinkExpiredPage }),
    },
    {
      path: '/',
      HydrateFallback: PageLoading,
      ErrorBoundary: RouteCrash,
      element: (
        <RequireSession>
          <Suspense fallback={<PageLoading />}>
            <Shell />
          </Suspense>
        </RequireSession>
      ),
      children: [
        { index: true, element: <StartPage /> },
        {
          ErrorBoundary: RouteCrash,
          children: pages,
        },
      ],
    },
  ]);
}
