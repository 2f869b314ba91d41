// Goal: both rows of rule-nodes.md §4.8 about customers, with every failure. Method: a small world; one message a row.
import { message, nodeHarness, ruleNodeConformance, type Recorded } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { assignToCustomerNode } from './assign-to-customer-node.js';
import { unassignFromCustomerNode } from './unassign-from-customer-node.js';

const device = { entityType: 'DEVICE', id: 'device-a' } as const;
const board = { entityType: 'DASHBOARD', id: 'board-a' } as const;
const customer = { entityType: 'CUSTOMER', id: 'customer-a' } as const;
const fill = ({ entities }: Recorded): void =>
  void entities.push({ entity: device, name: 'Meter' }, { entity: board, name: 'Board', customer }, { entity: customer, name: 'ACME' });
const about = (originator: Parameters<typeof message>[1]) => message('T', originator, { who: 'ACME' }, { metadata: { k: 'v' } });
const ownerOf = ({ entities }: Recorded, id: string) => entities.find(({ entity }) => entity.id === id)?.customer;

describe('assign to customer', () => {
  test.each(ruleNodeConformance(assignToCustomerNode, { prepare: fill, config: { customerNamePattern: 'ACME' } }))('$name', ({ run }) => run());

  test('the originator gets the customer, the message stays', async () => {
    const node = nodeHarness(assignToCustomerNode, { config: { customerNamePattern: '$[who]' } });
    fill(node.recorded);
    const sent = about(device);
    expect(await node.send(sent)).toEqual({ kind: 'routed', to: 'Success', message: sent });
    expect(ownerOf(node.recorded, 'device-a')).toEqual(customer);
  });

  test('a customer that is missing fails, by its title', async () => {
    const node = nodeHarness(assignToCustomerNode, { config: { customerNamePattern: 'None of ${k}' } });
    fill(node.recorded);
    expect(await node.send(about(device))).toMatchObject({ problem: { message: "Customer with title 'None of v' doesn't exist!" } });
  });

  test('or is created, and its rule chain hears of it once', async () => {
    const node = nodeHarness(assignToCustomerNode, { config: { customerNamePattern: 'New', createCustomerIfNotExists: true }, nodeId: 'node-1' });
    fill(node.recorded);
    const made = { entityType: 'CUSTOMER', id: 'customer-New' };
    expect(await node.send(about(device))).toMatchObject({
      to: 'Success',
      spawns: [{ type: 'ENTITY_CREATED', originator: made, metadata: { ruleNodeId: 'node-1' }, data: { title: 'New' } }],
    });
    expect(ownerOf(node.recorded, 'device-a')).toEqual(made);
    expect(await node.send(about(device))).toEqual({ kind: 'routed', to: 'Success', message: expect.anything() as unknown });
  });

  test.each(['CUSTOMER', 'ALARM', 'TENANT', 'USER'] as const)('%s cannot be assigned', async (entityType) => {
    const node = nodeHarness(assignToCustomerNode, { config: { customerNamePattern: 'ACME' } });
    fill(node.recorded);
    expect(await node.relation(about({ entityType, id: 'x' }))).toBe('Failure ACTION_ORIGINATOR_NOT_ASSIGNABLE');
  });
});

describe('unassign from customer', () => {
  test.each(ruleNodeConformance(unassignFromCustomerNode, { prepare: fill }))('$name', ({ run }) => run());

  test('the originator has no customer any more, whether or not it had one', async () => {
    const node = nodeHarness(unassignFromCustomerNode);
    fill(node.recorded);
    node.recorded.entities[0] = { entity: device, name: 'Meter', customer };
    const sent = about(device);
    for (let round = 0; round < 2; round += 1) expect(await node.send(sent)).toEqual({ kind: 'routed', to: 'Success', message: sent });
    expect(ownerOf(node.recorded, 'device-a')).toBeUndefined();
  });

  test.each([
    ['$[who]', 'Success'],
    ['None', 'Failure ACTION_CUSTOMER_NOT_FOUND'],
    ['', 'Failure ACTION_CUSTOMER_NOT_FOUND'],
  ])('a dashboard is taken from the customer "%s": %s', async (customerNamePattern, relation) => {
    const node = nodeHarness(unassignFromCustomerNode, { config: { customerNamePattern } });
    fill(node.recorded);
    expect(await node.relation(about(board))).toBe(relation);
    expect(ownerOf(node.recorded, 'board-a')).toEqual(relation === 'Success' ? undefined : customer);
  });

  test('an alarm belongs to no customer', async () => {
    expect(await nodeHarness(unassignFromCustomerNode).relation(about({ entityType: 'ALARM', id: 'x' }))).toBe(
      'Failure ACTION_ORIGINATOR_NOT_ASSIGNABLE',
    );
  });
});

test.each([assignToCustomerNode, unassignFromCustomerNode])('version 0 of $type remembered customers for a while', ({ migrate }) => {
  expect(migrate?.[0]?.({ customerNamePattern: 'a', customerCacheExpiration: 300 })).toEqual({ customerNamePattern: 'a' });
});
