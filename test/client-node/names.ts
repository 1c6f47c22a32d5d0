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
  "the config names its namespace and holds no credentials",
] as const;

export type ScenarioName = (typeof SCENARIOS)[number];
