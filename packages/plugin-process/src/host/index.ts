// What runs inside the process of a plugin. The server never imports this entry; it is built into a file of its own.
export { runPlugin } from './run-plugin.js';
