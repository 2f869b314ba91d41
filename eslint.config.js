import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import { createProjectGraphAsync } from '@nx/devkit';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { boundaries } from './dev/lint/boundaries.mjs';
import { clientPluginRules, noDates, noNode, pureCodeRules } from './dev/lint/pure-code.mjs';

// Without a project graph on disk the boundary rule prints a warning, checks nothing and passes, so it is made here.
process.env.NX_DAEMON = 'false';
await createProjectGraphAsync({ exitOnError: false, resetDaemonClient: true });

const sources = ['**/*.ts', '**/*.tsx'];
const configurations = ['vitest.config.ts', 'e2e/vitest.config.ts', 'apps/web/vite.config.ts', 'apps/web/vitest.config.ts'];
const tests = ['**/*.test.ts', '**/*.test.tsx', '**/*.fixture.ts', 'packages/plugin-sdk/src/testing/**', 'packages/contract-tests/src/**'];
const usecases = ['rule-engine', 'telemetry', 'identity', 'directory', 'alarms', 'kaa', 'recorder', 'rpc', 'dashboards'];
const purePackages = ['kernel', 'model', 'ports', 'protocol', 'api-contract', 'plugin-sdk', ...usecases];
const pureCode = [...purePackages.map((name) => `packages/${name}/src/**/*.ts`), 'plugins/*/src/**/*.ts', 'dev/new-node/template/**/*.ts'];

const moduleBoundaries = (isTest) => [
  'error',
  {
    depConstraints: boundaries({ isTest }),
    banTransitiveDependencies: true,
    enforceBuildableLibDependency: false,
    // Programs have no index; generators in dev read the declarations of the server where they are.
    allow: ['../apps/server/src/**'],
    // adapters.ts loads adapters lazily that a thread of the same server may import.
    checkDynamicDependenciesExceptions: ['@fieldline/*'],
  },
];
const noDeepImports = {
  regex: '^@fieldline/[^/]+/(?!(testing|host)$)',
  message: 'Import what the index of the package exports; if it is missing there, that is the decision to make.',
};
const noClevernessOfTypes = [
  { selector: 'TSEnumDeclaration', message: 'Use a const object or a union of literals.' },
  { selector: 'ExportDefaultDeclaration', message: 'Use a named export.' },
];
const noHiddenImports = { selector: 'ImportExpression[source.type!="Literal"]', message: 'The fences cannot see an import whose path is computed.' };

const nodeGlobals = Object.fromEntries(
  ['process', 'Buffer', 'console', 'performance', 'URL', 'fetch', 'setTimeout', 'clearTimeout'].map((name) => [name, 'readonly']),
);

export default defineConfig(
  { ignores: ['**/dist/**', '**/node_modules/**', '.nx/**', '.cache/**', 'coverage/**', 'data/**', 'dev/fences/**', '**/generated/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: sources,
    extends: [tseslint.configs.recommendedTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@nx/enforce-module-boundaries': moduleBoundaries(false),
      'no-undef': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
      'no-restricted-imports': ['error', { patterns: [noDeepImports] }],
      'no-restricted-syntax': ['error', ...noClevernessOfTypes, noHiddenImports],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Methods of a port are asynchronous for all adapters, also where one has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: pureCode,
    ignores: tests,
    rules: {
      ...pureCodeRules,
      'no-restricted-imports': ['error', { patterns: [noDeepImports, noNode] }],
      'no-restricted-syntax': ['error', ...noClevernessOfTypes, noHiddenImports, ...noDates],
    },
  },
  { files: ['plugins/{kafka,rabbitmq}/src/**/*.ts'], ignores: tests, rules: clientPluginRules },
  {
    files: tests,
    rules: {
      '@nx/enforce-module-boundaries': moduleBoundaries(true),
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  { files: ['dev/**/*.ts', 'e2e/**/*.ts'], rules: { 'no-console': 'off', 'no-restricted-syntax': ['error', ...noClevernessOfTypes] } },
  { files: ['apps/server/src/adapters.ts'], rules: { 'no-restricted-syntax': ['error', ...noClevernessOfTypes] } },
  // Configuration files of tools have the shape those tools ask for, and belong to no TypeScript project.
  {
    files: configurations,
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { projectService: false } },
    rules: { 'no-restricted-syntax': 'off', '@nx/enforce-module-boundaries': 'off' },
  },
  { files: ['**/*.mjs', '*.js'], languageOptions: { globals: nodeGlobals } },
  { files: ['apps/web/public/*.js'], languageOptions: { globals: { window: 'readonly', document: 'readonly' } } },
);
