import type { Samples } from './sample.fixture.js';
import { ref } from './things.fixture.js';

/** Settings of the system, tenants, tenant profiles, customers and rule chains. */
export const systemSamples: Samples = {
  'GET /api/admin/settings/:key': () => ({ params: { key: 'general' } }),
  'POST /api/admin/settings': () => ({ body: { key: 'general', jsonValue: { baseUrl: 'http://localhost:8080' } } }),
  'POST /api/admin/settings/:key': () => ({ params: { key: 'general' }, body: { jsonValue: { baseUrl: 'http://localhost:8080' } } }),
  'POST /api/admin/settings/testMail': () => ({ body: { jsonValue: { mailFrom: 'a@b.local', smtpHost: 'localhost', smtpPort: '25' } } }),
  'POST /api/admin/securitySettings': () => ({ body: { passwordPolicy: { minimumLength: 8 } } }),
  'POST /api/admin/jwtSettings': () => ({ body: { tokenExpirationTime: 9_000, refreshTokenExpTime: 604_800, tokenIssuer: 'x' } }),
  'POST /api/tenant': {
    'a new tenant': ({ the }) => ({ body: { title: the.name() } }),
    'an existing tenant': ({ the }) => ({ body: { id: ref('TENANT', the.tenant()), title: 'Named' } }),
  },
  'POST /api/tenantProfile': ({ the }) => ({ body: { name: the.name(), profileData: { configuration: { type: 'DEFAULT' } } } }),
  'POST /api/customer': {
    'a new customer': ({ the }) => ({ body: { title: the.name() } }),
    // The customer is one for all rows, so it keeps its name.
    'an existing customer': async ({ the }) => {
      const { id, name } = await the.saved('customer', await the.customer());
      return { body: { id: ref('CUSTOMER', id), title: name, city: 'Bern' } };
    },
  },
  'GET /api/tenant/customers': async ({ the }) => ({ query: { customerTitle: (await the.saved('customer', await the.customer())).name } }),
  'POST /api/ruleChain': {
    'a new rule chain': ({ the }) => ({ body: { name: the.name() } }),
    'an existing rule chain': async ({ the }) => ({ body: { id: ref('RULE_CHAIN', await the.ruleChain()), name: the.name() } }),
  },
  'POST /api/ruleChain/metadata': async ({ the }) => ({
    body: { ruleChainId: ref('RULE_CHAIN', await the.ruleChain()), firstNodeIndex: null, nodes: [], connections: [], ruleChainConnections: [] },
  }),
  'GET /api/components': () => ({ query: { componentTypes: 'FILTER' } }),
  'GET /api/components/:componentType': () => ({ params: { componentType: 'FILTER' } }),
  'GET /api/component/:clazz': () => ({ params: { clazz: 'org.thingsboard.rule.engine.filter.TbJsFilterNode' } }),
};
