import type { Status } from "./status.ts";

/** An error response of a server. The message is the server's, or client-go's replacement. */
export class ServerError extends Error {
  override readonly name = "ServerError";
  readonly status: Status;

  constructor(status: Status) {
    super(status.message);
    this.status = status;
  }
}
