// Injection tokens: ports are interfaces, so types could not be tokens, and no decorator metadata is emitted.
export const REST_DEPS = Symbol('RestDeps');
export const IDENTITY = Symbol('Identity');
export const ACCESS = Symbol('EntityAccess');
export const DEVICES = Symbol('Devices');
export const DEVICE_PROFILES = Symbol('DeviceProfiles');
export const RULE_CHAINS = Symbol('RuleChains');
export const NODE_CATALOGUE = Symbol('NodeCatalogue');
export const ALARM_VIEWS = Symbol('AlarmViews');
export const COMPONENTS = Symbol('Components');
