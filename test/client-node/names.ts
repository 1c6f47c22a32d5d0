/** What is true of the official client on a connection; `scenarios.ts` has the proof of each. */
export const SCENARIOS = [
  "an API client lists with the connection's token, authorities and impersonation",
  "requests one after the other share a TLS connection",
  "a client certificate, a prefix and a proxy of the connection are used",
  "Watch sees events, with the connection's credentials",
  "Exec opens a WebSocket, with the connection's credentials",
  "credentials come from the plugin, which runs again after a 401",
  "a plugin that the policy does not allow is not run",
  "a plain http server needs no leave to be plain, and gets no token",
  "a timeout ends what API clients and Watch wait for, be it an answer or the rest of it",
  "a timeout is not one of a stream, but of what comes before it",
  "the user agent of the connection is sent",
  "an expired credential of a plugin costs one run per request",
  "requests, answers and warnings are reported",
  "what fails has the ConnectionError as its cause",
  "a plugin that hangs is waited for no longer than the timeout",
  "objects of any kind, too, are sent by the connection",
  "a peer that does not speak HTTP is refused in kubectl's words",
  "a body that breaks off is the end of Watch",
  "the config names its namespace and holds no credentials",
] as const;

export type ScenarioName = (typeof SCENARIOS)[number];
