// What code up to the use cases, and plugins, must get as an argument instead of taking it: the same run then replays
// from a seed, and the same code runs in a browser.

const injected = 'Take it as an argument: see Clock and IdSource in @fieldline/kernel.';

/** Rules for every layer up to `usecase`, and for plugins. */
export const pureCodeRules = {
  'no-restricted-globals': [
    'error',
    ...['setTimeout', 'setInterval', 'setImmediate', 'performance'].map((name) => ({ name, message: `Use the injected Clock. ${injected}` })),
    { name: 'crypto', message: `Randomness and hashes come in through a port. ${injected}` },
    { name: 'process', message: `Settings come in as arguments. ${injected}` },
    { name: 'console', message: 'Use the injected Log.' },
    { name: 'Buffer', message: 'Use Uint8Array, TextEncoder and TextDecoder: this code runs in a browser too.' },
    { name: 'fetch', message: 'Talk to the outside through a port.' },
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Date', property: 'now', message: `Use clock.nowMs(). ${injected}` },
    { object: 'Math', property: 'random', message: `Use an injected source of randomness. ${injected}` },
  ],
};

/** For plugins that bring a client of their own: it runs on Node.js alone, and speaks its bytes. Time and randomness stay injected. */
export const clientPluginRules = {
  ...pureCodeRules,
  'no-restricted-globals': pureCodeRules['no-restricted-globals'].filter((rule) => rule.name !== 'Buffer'),
};

/** For `no-restricted-syntax`; kept apart because a later rule entry replaces an earlier one. */
export const noDates = [
  { selector: 'NewExpression[callee.name="Date"]', message: `An instant is a number of milliseconds, and it comes from the injected Clock.` },
  { selector: 'CallExpression[callee.name="Date"]', message: `An instant is a number of milliseconds, and it comes from the injected Clock.` },
];

/** For `no-restricted-imports`. */
export const noNode = {
  regex: '^node:|^(fs|path|os|net|http|https|crypto|events|stream|util|url|worker_threads|child_process|buffer|timers)(/|$)',
  message: 'This layer runs without Node.js. Ask for what you need through a port.',
};
