// at: packages/alarms
// caught by: no-restricted-syntax
// saying: named export
const reached = 1;
export default reached;
