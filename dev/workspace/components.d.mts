// What TypeScript of dev uses of components.mjs, which itself runs on Node 20 without a build.

/** Something that some suites need besides Node.js and npm. */
export interface Component {
  readonly name: string;
  readonly suite: string;
  readonly debian?: string;
  readonly pip?: string;
  readonly isThere: () => boolean;
}

export const components: readonly Component[];
export const rabbitmqPath: string;
export function howToInstall(component: Component): string;
export function serverPath(program: string): string | undefined;
