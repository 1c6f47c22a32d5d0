import config from "./jest.config.js";

/** The suites that start many processes, judge thousands of cases, or wait for clocks: CONTRIBUTING.md names them. */
const slow = [
  "api/one-more-field",
  "bench/",
  "client-node/",
  "cobra/with-commander",
  "codec/kubeconfig/encode-usual",
  "conformance/",
  "docs/pages",
  "doctor/random",
  "doctor/yaml-surprise",
  "e2e/",
  "examples/",
  "exec/malformed-keys",
  "exec/real-plugin",
  "fuzz/",
  "host/interruption",
  "host/node-open-file",
  "package/consumers",
  "package/package",
  "package/release",
  "transport/",
  "writing/hide-line",
  "yaml/hostile",
  "yaml/other-readers",
];

/** @type {import("jest").Config} */
export default {
  ...config,
  testPathIgnorePatterns: slow.map((path) => `<rootDir>/test/${path}`),
};
