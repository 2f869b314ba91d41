// Tests whose steps build on each other.
import { beforeEach } from 'vitest';
import { keepEvidence, type Window } from './browser.js';

/**
 * After a step that fails the others of the file are skipped, and what the pages and the server said is kept.
 *
 * @param evidence the windows that are open and the log of the server, as they are when a step has failed
 */
export function followSteps(evidence: () => { readonly windows: readonly Window[]; readonly log: string }): void {
  let hasFailed = false;
  beforeEach(({ skip, onTestFailed }) => {
    skip(hasFailed, 'a step before it failed');
    onTestFailed(async () => {
      hasFailed = true;
      const { windows, log } = evidence();
      for (const window of windows) console.error(`What the page and the server said is in ${await keepEvidence(window, log)}`);
    });
  });
}
