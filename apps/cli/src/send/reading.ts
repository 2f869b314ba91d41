/** A reading on its way to a server: what every protocol needs to know. */
export interface Reading {
  readonly host: string;
  readonly port: number;
  /** Access token of the device; for Kaa the endpoint token. */
  readonly token: string;
  readonly payload: string;
  readonly answerWaitMs: number;
}
