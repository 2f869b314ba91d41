import type { Sample, Samples } from './sample.fixture.js';
import { ref } from './things.fixture.js';

const password = 'password for tests';
const fields = () => ({ settings: { a: 1 } });
const settingsOf =
  (inputs: object): Sample =>
  () => ({ params: { type: 'GENERAL', paths: 'a', ...inputs } });

/** Sign-in, passwords, API keys and users. */
export const userSamples: Samples = {
  'POST /api/auth/login': ({ email }) => ({ body: { username: email === '' ? 'one@fieldline.local' : email, password } }),
  'POST /api/auth/login/public': async ({ the }) => ({ body: { publicId: await the.customer() } }),
  'POST /api/auth/token': { 'no refresh token': () => ({ body: { refreshToken: 'x' } }) },
  'POST /api/auth/changePassword': () => ({ body: { currentPassword: password, newPassword: 'another password' } }),
  'GET /api/noauth/activate': { 'unknown token': () => ({ query: { activateToken: 'x' } }) },
  'POST /api/noauth/activate': { 'unknown token': () => ({ body: { activateToken: 'x', password } }) },
  'POST /api/noauth/resetPasswordByEmail': { 'unknown email': () => ({ body: { email: 'nobody@fieldline.local' } }) },
  'GET /api/noauth/resetPassword': { 'unknown token': () => ({ query: { resetToken: 'x' } }) },
  'POST /api/noauth/resetPassword': { 'unknown token': () => ({ body: { resetToken: 'x', password } }) },
  'POST /api/apiKey': async ({ the }) => ({ body: { userId: ref('USER', await the.user()), description: 'For scripts.' } }),
  'PUT /api/apiKey/:apiKeyId/enabled/:enabled': () => ({ params: { enabled: 'false' } }),
  'PUT /api/apiKey/:apiKeyId/description': () => ({ body: 'For scripts.' }),
  'POST /api/user': {
    'a new administrator': ({ the }) => ({
      body: { email: `${the.name().slice(6)}@x.local`, authority: 'TENANT_ADMIN', tenantId: ref('TENANT', the.tenant()) },
    }),
    'a new user of a customer': async ({ the }) => {
      const head = { email: `${the.name().slice(6)}@x.local`, authority: 'CUSTOMER_USER', tenantId: ref('TENANT', the.tenant()) };
      return { body: { ...head, customerId: ref('CUSTOMER', await the.customer()) } };
    },
    'an existing user': async ({ the }) => {
      const id = await the.user();
      const user = await the.saved('user', id);
      const customer = user.customerId === undefined ? {} : { customerId: ref('CUSTOMER', user.customerId) };
      return { body: { id: ref('USER', id), email: user.email, authority: user.authority, firstName: 'A', ...customer } };
    },
    oneself: async ({ the, email }) => {
      const user = await the.userOf(email);
      const customer = user?.customerId === undefined ? {} : { customerId: ref('CUSTOMER', user.customerId) };
      return { body: { id: ref('USER', user?.id ?? the.tenant()), email, authority: user?.authority ?? 'CUSTOMER_USER', ...customer } };
    },
    'a new system administrator': ({ the }) => ({ body: { email: `${the.name().slice(6)}@x.local`, authority: 'SYS_ADMIN' } }),
  },
  'POST /api/user/settings': () => ({ body: fields() }),
  'PUT /api/user/settings': () => ({ body: fields() }),
  'DELETE /api/user/settings/:paths': settingsOf({}),
  'GET /api/user/settings/:type': settingsOf({}),
  'PUT /api/user/settings/:type': () => ({ params: { type: 'GENERAL' }, body: fields() }),
  'DELETE /api/user/settings/:paths/:type': settingsOf({}),
  'POST /api/user/sendActivationMail': async ({ the }) => ({ query: { email: (await the.saved('user', await the.user())).email } }),
  'POST /api/user/:userId/userCredentialsEnabled': () => ({ query: { userCredentialsEnabled: 'false' } }),
  'GET /api/user/dashboards/:dashboardId/:action': () => ({ params: { action: 'visit' } }),
};
