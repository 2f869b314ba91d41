/** First parts of the paths that are no pages of the web app: our API, and the interfaces of Kaa (kaa.md §5.4, §10.3). */
const apiPath = /^\/(?:api|epts|tekton)(?:[/?]|$)/;

/** Whether an address is one of an API, whether or not the API has it. */
export function isApiPath(url: string): boolean {
  return apiPath.test(url);
}
