import type { WireCase } from "../wire-case.ts";
import { wire } from "./build.ts";

/** How long a request may take, and what the server receives of that. */
export const timeouts: readonly WireCase[] = [
  ...[
    "5s",
    "5",
    "1m",
    "1h30m",
    "1500ms",
    "0",
    "0s",
    "",
    "2m0.5s",
    "1us",
    "-1s",
    "5x",
    "s",
    " 5s",
    "1e3",
    "5.5s",
    "9999999h",
    "597h",
    "596h31m23.648s",
  ].map((value) =>
    wire(`--request-timeout=${value} is judged and sent`, { flags: [`--request-timeout=${value}`] }),
  ),
  wire("--request-timeout is sent beside a query", { path: "/x?a=b", flags: ["--request-timeout=30s"] }),
  wire("--request-timeout is sent beside a timeout of one's own", {
    path: "/x?timeout=1m",
    flags: ["--request-timeout=30s"],
  }),
  wire("an answer that does not begin in time is told", {
    reply: { delay: 5000 },
    flags: ["--request-timeout=1s"],
  }),
  wire("a body that does not end in time is told", {
    reply: { body: "first half, second half", pause: 5000 },
    flags: ["--request-timeout=1s"],
  }),
  wire("a proxy that does not answer in time is told", {
    servers: { server: { reply: [{ delay: 5000 }] } },
    proxies: { proxy: { kind: "http" } },
    cluster: { "proxy-url": "@{proxy}" },
    flags: ["--request-timeout=1s"],
  }),
];
