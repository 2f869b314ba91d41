import type * as wire from '@fieldline/api-client';
import { bodyOf, client } from './client.js';

/** An asset profile as it is read, and sent back with a change. */
export type AssetProfile = Omit<wire.AssetProfile, 'externalId'>;

const { http } = client;

/** What pages ask and tell about what assets of one kind share. */
export const assetProfileApi = {
  one: (assetProfileId: string, signal: AbortSignal): Promise<AssetProfile> =>
    bodyOf(http.GET('/api/assetProfile/{assetProfileId}', { params: { path: { assetProfileId } }, signal })),
  save: (profile: AssetProfile): Promise<AssetProfile> => bodyOf(http.POST('/api/assetProfile', { body: profile })),
};
