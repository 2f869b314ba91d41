// at: plugins/alarms
// caught by: no-restricted-syntax
// saying: injected Clock
export const reached = (): Date => new Date();
