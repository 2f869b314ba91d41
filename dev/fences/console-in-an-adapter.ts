// at: packages/storage-memory
// caught by: no-console
// saying: console
export const reached = (): void => console.log('here');
