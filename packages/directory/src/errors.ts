import { defineErrors } from '@fieldline/kernel';

const invalid = { kind: 'invalid-input', retry: 'never' } as const;

/** Errors of devices, profiles, credentials and rule chains. The sentences are those ThingsBoard's clients know (rest-api.md). */
export const directoryErrors = defineErrors('DIRECTORY', {
  ENTITY_NOT_FOUND: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { label: string; id: string }) => `${d.label} with id [${d.id}] is not found`,
    remedy: 'Check the id; an entity of another tenant is never found.',
  },
  NAMED_ENTITY_NOT_FOUND: {
    kind: 'not-found',
    retry: 'never',
    message: "Requested item wasn't found!",
    remedy: 'Check the name; it is compared with case.',
  },
  QUERY_OR_DISABLED: {
    ...invalid,
    message: 'OR conditions between key filters are disabled by the system administrator.',
    remedy: 'Ask one question for each condition, or set FIELDLINE_QUERY_OR to on.',
  },
  QUERY_VALUE_ABSENT: {
    ...invalid,
    message: (d: { attribute: string }) =>
      `Key filter predicate value must be specified: nobody has the attribute '${d.attribute}' with a value to compare with.`,
    remedy: 'Give the predicate a defaultValue, or set the server attribute.',
  },
  QUERY_VALUE_TOO_LONG: {
    ...invalid,
    message: (d: { attribute: string; charactersMax: number }) =>
      `Key filter predicate value, the attribute '${d.attribute}', is longer than ${d.charactersMax} characters.`,
    remedy: 'Shorten the server attribute, or compare with EQUAL or IN.',
  },
  ACCESS_DENIED: {
    kind: 'forbidden',
    retry: 'never',
    message: "You don't have permission to perform this operation!",
    remedy: 'Ask an administrator of the tenant.',
  },
  ENTITIES_LIMIT: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { entityType: string; limit: number }) => `The tenant may have ${d.limit} entities of type ${d.entityType}, and has them.`,
    remedy: 'Remove some, or ask the system administrator for a tenant profile with a higher limit.',
  },
  RATE_LIMIT_INVALID: {
    ...invalid,
    message: (d: { member: string }) => `'${d.member}' is no rate limit.`,
    remedy: 'Write capacity:seconds, several of them with commas, such as 100:1,2000:60; leave it empty for no limit.',
  },
  DEVICE_NAME_MISSING: { ...invalid, message: 'Device name should be specified!', remedy: 'Send a `name` that is not blank.' },
  DEVICE_NAME_TAKEN: { ...invalid, message: 'Device with such name already exists!', remedy: 'Choose another name.' },
  DEVICE_PROFILE_UNKNOWN: {
    ...invalid,
    message: 'Device is referencing to non-existent device profile!',
    remedy: 'Take the id of a profile of this tenant, or send none for the default profile.',
  },
  ACCESS_TOKEN_INVALID: {
    ...invalid,
    message: 'An access token has 1 to 255 characters and no control characters.',
    remedy: 'Choose another token, or send none to get a random one.',
  },
  CREDENTIALS_TYPE_MISSING: { ...invalid, message: 'Device credentials type should be specified!', remedy: 'Send `credentialsType`.' },
  CREDENTIALS_ID_MISSING: { ...invalid, message: 'Device credentials id should be specified!', remedy: 'Send `credentialsId`.' },
  CREDENTIALS_UNKNOWN: {
    ...invalid,
    message: 'Unable to update non-existent device credentials!',
    remedy: 'Read the credentials of the device, change them and send them back with their `id`.',
  },
  CREDENTIALS_TAKEN: {
    ...invalid,
    message: 'Device credentials are already assigned to another device!',
    remedy: 'Choose another token, user name or client id.',
  },
  CREDENTIALS_VALUE_INVALID: {
    ...invalid,
    message: (d: { reason: string }) => `The value of the credentials cannot be used: ${d.reason}.`,
    remedy: 'Correct `credentialsValue`: for MQTT_BASIC it is text with JSON (clientId, userName, password), for X509_CERTIFICATE a PEM.',
  },
  MQTT_NAMES_MISSING: { ...invalid, message: 'Both mqtt client id and user name are empty!', remedy: 'Give at least one of the two.' },
  MQTT_PASSWORD_ALONE: {
    ...invalid,
    message: 'Password cannot be specified along with client id',
    remedy: 'Give a user name as well, or leave the password out.',
  },
  PROFILE_NAME_MISSING: { ...invalid, message: 'Device profile name should be specified!', remedy: 'Send a `name` that is not blank.' },
  PROFILE_NAME_TAKEN: { ...invalid, message: 'Device profile with such name already exists!', remedy: 'Choose another name.' },
  PROFILE_RULE_CHAIN_UNKNOWN: {
    ...invalid,
    message: "Can't assign non-existent rule chain!",
    remedy: 'Take the id of a rule chain of this tenant, or send none.',
  },
  PROFILE_TRANSPORT_IN_USE: {
    ...invalid,
    message: "Can't change device profile transport type because devices referenced it!",
    remedy: 'Make another profile and move the devices there.',
  },
  PROFILE_IS_DEFAULT: { ...invalid, message: 'Deletion of Default Device Profile is prohibited!', remedy: 'Make another profile the default first.' },
  PROFILE_IN_USE: {
    ...invalid,
    message: 'The device profile referenced by the devices cannot be deleted!',
    remedy: 'Move the devices to another profile first.',
  },
  CHAIN_NAME_MISSING: { ...invalid, message: 'Rule chain name should be specified!', remedy: 'Send a `name` that is not blank.' },
  CHAIN_SECOND_ROOT: {
    ...invalid,
    message: 'Another root rule chain is present in scope of current tenant!',
    remedy: 'Save it with root false, then make it root with POST /api/ruleChain/{id}/root.',
  },
  CHAIN_TYPE_NOT_RUN: { ...invalid, message: 'Only a rule chain of type CORE can be the root.', remedy: 'Choose a chain of type CORE.' },
  CHAIN_IS_ROOT: { ...invalid, message: 'Deletion of Root Tenant Rule Chain is prohibited!', remedy: 'Make another chain the root first.' },
  CHAIN_IN_USE: {
    ...invalid,
    message: 'The rule chain referenced by the device profiles cannot be deleted!',
    remedy: 'Give those profiles another rule chain first.',
  },
  CHAIN_SELF_CONNECTION: {
    ...invalid,
    message: "Can't create the relation to yourself.",
    remedy: 'Remove the connection that leads from a node to itself.',
  },
  CHAIN_LOOP: {
    ...invalid,
    message: "Can't create circling relations in rule chain.",
    remedy: (d: { loops: readonly string[] }) => `Remove a connection of: ${d.loops.join(' ')}`,
  },
  CHAIN_NODE_TWICE: { ...invalid, message: (d: { id: string }) => `Two rule nodes have the id ${d.id}.`, remedy: 'Leave the id of the copy out.' },
  CHAIN_NODE_SETTINGS: {
    ...invalid,
    message: (d: { name: string; issues: string }) => `'${d.name}' node configuration is invalid: ${d.issues}`,
    remedy: 'Open the node and correct this setting.',
  },
  CHAIN_SECRET_UNKNOWN: {
    ...invalid,
    message: (d: { name: string; settings: string }) => `'${d.name}' node is sent as if a secret of it were stored, and none is: ${d.settings}`,
    remedy: 'Set it anew: secrets stay with the node they were saved in, a copy has none.',
  },
});
