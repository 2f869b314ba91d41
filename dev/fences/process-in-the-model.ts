// at: packages/model
// caught by: no-restricted-globals
// saying: arguments
export const reached = process.env;
