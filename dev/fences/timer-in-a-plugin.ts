// at: plugins/actions
// caught by: no-restricted-globals
// saying: injected Clock
export const reached = (): unknown => setTimeout(() => undefined, 1);
