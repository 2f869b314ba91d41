import { defineConfig } from 'vitest/config';

// `source` is the exports condition under which every @fieldline package points at its TypeScript, so tests need no build.
const conditions = ['source', 'module', 'node', 'import', 'default'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'plugins/*/{src,chains}/**/*.test.ts',
      'apps/{server,cli}/src/**/*.test.ts',
      'apps/web/src/**/*.test.{ts,tsx}',
      'dev/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**'],
    environment: 'node',
    // One process a file costs 0.2 s of start-up each; threads share it and still isolate module state.
    pool: 'threads',
    testTimeout: 15_000,
    hookTimeout: 30_000,
    passWithNoTests: true,
    reporters: process.env['CI'] === undefined ? ['default'] : ['dot'],
  },
});
