import { systemTenantId } from '@fieldline/model';
import type { CallerName, Dumped, World } from './world.fixture.js';

const ofTenants: readonly Dumped['kind'][] = ['device', 'asset', 'entityView', 'alarm', 'alarmComment', 'deviceProfile', 'assetProfile', 'ruleChain'];
/** What customers see of their tenant without it being assigned to them: it stands in what is theirs. */
const sharedKinds: readonly Dumped['kind'][] = ['tenant', 'deviceProfile', 'assetProfile', 'otaPackage', 'ruleChain'];

/** Ids that routes show besides, and why that is no leak. */
const allowances: readonly { readonly routes: RegExp; readonly kinds: readonly Dumped['kind'][] }[] = [
  // A profile names the dashboard that shows its devices, whoever may open it.
  { routes: /^GET .api.(device|asset)ProfileInfo/, kinds: ['dashboard'] },
  // A view that is assigned to a customer names what it is a view of.
  { routes: /^(GET|POST) .*[eE]ntityView/, kinds: ['device'] },
  // The tenant a device was moved to is named by the request; the device has its default profile afterwards.
  { routes: /^POST .api.tenant.:tenantId.device/, kinds: ['tenant', 'deviceProfile'] },
  // Whoever changed something of the tenant is named, also a system administrator or who moved a device here.
  { routes: /^GET .api.audit.logs/, kinds: ['user'] },
];

/** Whether the answer of a route to a caller may name an entity. */
export function maySee(world: World, route: string, caller: CallerName, dumped: Dumped, known: ReadonlyMap<string, Dumped>): boolean {
  if (allowances.some(({ routes, kinds }) => routes.test(route) && kinds.includes(dumped.kind))) return true;
  const { kind, tenantId, entity } = dumped;
  if (caller === 'system') return !ofTenants.includes(kind) && entity.authority !== 'CUSTOMER_USER';
  if (caller === 'expired' || caller === 'none') return false;
  const own = world.ownOf[caller];
  if (tenantId !== own.tenantId) return tenantId === systemTenantId && (kind === 'tenantProfile' || kind === 'queue');
  if (own.customerId === undefined || sharedKinds.includes(kind)) return true;
  // Comments and credentials are seen with what they belong to.
  const owner = known.get((kind === 'alarmComment' ? entity.alarmId : kind === 'deviceCredentials' ? entity.deviceId : undefined) ?? '');
  const { id, customerId, customerIds = [] } = owner?.entity ?? entity;
  return [id, customerId, ...customerIds].includes(own.customerId);
}

/** Every UUID in a text, once. */
export function uuidsIn(text: string): string[] {
  return [...new Set(text.toLowerCase().match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g) ?? [])];
}
