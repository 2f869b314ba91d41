// What TypeScript of dev uses of stamp.mjs, which itself runs on Node 20 without a build.

/** Something that is made from files and folders of the repository. */
export interface Target {
  readonly name: string;
  readonly inputs: readonly string[];
}

export function fingerprint(target: Target): string;
export function setStamp(target: Target, print: string): void;
export function stampPath(target: Target): string;
