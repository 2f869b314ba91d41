// at: packages/telemetry
// caught by: no-restricted-syntax
// saying: computed
export const reached = (name: string): Promise<unknown> => import(name);
