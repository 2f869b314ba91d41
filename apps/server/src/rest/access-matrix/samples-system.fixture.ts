import type { Samples } from './sample.fixture.js';
import { ref } from './things.fixture.js';

const queueBody = (name: string) => ({ name, submitStrategy: { type: 'BURST' }, processingStrategy: { type: 'SKIP_ALL_FAILURES' } });

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
  'POST /api/broker/topicMappings/try': () => ({ body: { mappings: [], topic: 'plant/7/data', payload: '{}' } }),
  'POST /api/broker/topicMappings': () => ({ body: { mappings: [{ topicFilter: 'plant/+/data', device: { from: 'level', level: 2 } }] } }),
  'GET /api/queues': () => ({ query: { serviceType: 'TB-RULE-ENGINE' } }),
  'GET /api/queues/:queueId': {
    "a tenant's": () => ({}),
    "the system's": async ({ the }) => ({ params: { queueId: await the.systemQueue() } }),
  },
  'GET /api/queues/name/:queueName': async ({ the }) => {
    const { name } = await the.saved('queue', await the.queue());
    return { params: { queueName: name } };
  },
  'POST /api/queues': {
    'a new queue': ({ the }) => ({ body: queueBody(the.name().replace(' ', '-')) }),
    "a tenant's": async ({ the }) => {
      const { id, name } = await the.saved('queue', await the.queue());
      return { body: { ...queueBody(name), id: ref('QUEUE', id) } };
    },
  },
  'DELETE /api/queues/:queueId': {
    "a tenant's": () => ({}),
    "the system's": async ({ the }) => ({ params: { queueId: await the.systemQueue() } }),
  },
  'POST /api/tenant/queues': {
    'a new queue': ({ the }) => ({ body: queueBody(the.name().replace(' ', '-')) }),
    'an existing queue': async ({ the }) => {
      const { id, name } = await the.saved('queue', await the.queue());
      return { body: { ...queueBody(name), id: ref('QUEUE', id) } };
    },
  },
  'POST /api/ruleChain/device/default': ({ the }) => ({ body: { name: the.name() } }),
  'GET /api/ruleChains/export': () => ({ query: { limit: '10' } }),
  'POST /api/ruleChains/import': ({ the }) => ({
    body: { ruleChains: [{ id: ref('RULE_CHAIN', '00000000-0000-7000-8000-0000000000c1'), name: the.name() }], metadata: [] },
  }),
  'POST /api/ruleChain/testScript': () => ({
    body: { script: 'return true;', scriptType: 'filter', argNames: ['msg', 'metadata', 'msgType'], msg: '{}', metadata: {}, msgType: 'A' },
  }),
  'GET /api/ruleChain/:ruleChainId/ledger': async ({ the }) => ({ params: { ruleChainId: await the.runningChain() } }),
  'POST /api/deadLetters/replay': async ({ the }) => ({ body: { ids: [await the.deadLetter()] } }),
  'GET /api/components': () => ({ query: { componentTypes: 'FILTER' } }),
  'GET /api/components/:componentType': () => ({ params: { componentType: 'FILTER' } }),
  'GET /api/component/:clazz': () => ({ params: { clazz: 'org.thingsboard.rule.engine.filter.TbJsFilterNode' } }),
};
