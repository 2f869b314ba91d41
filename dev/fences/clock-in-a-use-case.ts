// at: packages/rule-engine
// caught by: no-restricted-properties
// saying: clock.nowMs()
export const reached = (): number => Date.now();
