import type { Status } from "./status.ts";

/** An error that a server answered with. The message is the server's, or what client-go says in its place. */
export class ServerError extends Error {
  override readonly name = "ServerError";
  readonly status: Status;

  constructor(status: Status) {
    super(status.message);
    this.status = status;
  }
}
