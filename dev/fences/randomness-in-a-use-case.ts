// at: packages/directory
// caught by: no-restricted-properties
// saying: randomness
export const reached = (): number => Math.random();
