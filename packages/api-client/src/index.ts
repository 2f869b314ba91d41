export type { ApiClient, ApiClientOptions, TokenKeeper } from './api-client.js';
export { ApiFailure, createApiClient, failureOf } from './api-client.js';
// Types of the API, generated from its OpenAPI document.
export type * from './generated/api.js';
