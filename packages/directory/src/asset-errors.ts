import { defineErrors } from '@fieldline/kernel';

const invalid = { kind: 'invalid-input', retry: 'never' } as const;
const blank = 'Send a `name` that is not blank.';

/** Errors of assets, asset profiles and entity views. The sentences are those ThingsBoard's clients know (rest-api.md §11, §16). */
export const assetErrors = defineErrors('DIRECTORY', {
  ASSET_NAME_MISSING: { ...invalid, message: 'Asset name should be specified!', remedy: blank },
  ASSET_NAME_TAKEN: { ...invalid, message: 'Asset with such name already exists!', remedy: 'Choose another name.' },
  ASSET_PROFILE_UNKNOWN: {
    ...invalid,
    message: 'Asset is referencing to non-existent asset profile!',
    remedy: 'Take the id of a profile of this tenant, or send none for the default profile.',
  },
  ASSET_VIEWED: {
    ...invalid,
    message: "Can't delete asset that has entity views or is referenced in calculated fields!",
    remedy: 'Remove its entity views first.',
  },
  ASSET_PROFILE_NAME_MISSING: { ...invalid, message: 'Asset profile name should be specified!', remedy: blank },
  ASSET_PROFILE_NAME_TAKEN: { ...invalid, message: 'Asset profile with such name already exists!', remedy: 'Choose another name.' },
  ASSET_PROFILE_SECOND_DEFAULT: {
    ...invalid,
    message: 'Another default asset profile is present in scope of current tenant!',
    remedy: 'Save it with default false, then make it the default with POST /api/assetProfile/{id}/default.',
  },
  ASSET_PROFILE_IS_DEFAULT: {
    ...invalid,
    message: 'Deletion of Default Asset Profile is prohibited!',
    remedy: 'Make another profile the default first.',
  },
  ASSET_PROFILE_IN_USE: {
    ...invalid,
    message: 'The asset profile referenced by the assets cannot be deleted!',
    remedy: 'Move the assets to another profile first.',
  },
  ASSET_PROFILE_CHAIN_UNKNOWN: {
    ...invalid,
    message: "Can't assign non-existent rule chain!",
    remedy: 'Take the id of a rule chain of this tenant, or send none.',
  },
  ASSET_PROFILE_DASHBOARD_UNKNOWN: {
    ...invalid,
    message: "Can't assign non-existent dashboard!",
    remedy: 'Take the id of a dashboard of this tenant, or send none.',
  },
  VIEW_NAME_MISSING: { ...invalid, message: 'Entity view name should be specified!', remedy: blank },
  VIEW_TYPE_MISSING: { ...invalid, message: 'Entity view type should be specified!', remedy: 'Send a `type` that is not blank.' },
  VIEW_NAME_TAKEN: { ...invalid, message: 'Entity view with such name already exists!', remedy: 'Choose another name.' },
  VIEW_TARGET_MISSING: {
    ...invalid,
    message: 'Entity view has to be created for a device or an asset!',
    remedy: 'Send `entityId` with the id of a device or asset.',
  },
});
