import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

/** Where `vite dev` sends API and WebSocket traffic; the built app is served by that server itself. */
const serverOrigin = 'http://localhost:8080';

export default defineConfig({
  plugins: [react()],
  // Packages of this repository are read from their sources, as the type check and the tests do.
  resolve: { conditions: ['source', ...defaultClientConditions] },
  server: {
    proxy: {
      '/api': { target: serverOrigin, ws: true },
    },
  },
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    target: 'es2023',
    sourcemap: false,
    // The code editor and the rule chain editor are lazy chunks above the default warning; the budget is watched elsewhere.
    chunkSizeWarningLimit: 700,
  },
});
