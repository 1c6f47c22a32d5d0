import config from "./jest.config.js";

/** The suites that start many processes, judge thousands of cases, or wait for clocks: CONTRIBUTING.md names them. */
const slow = [
  "api/one-more-field",
  "bench/",
  "cli/every-command",
  "cli/explain/agrees-with-resolve",
  "cli/printers/go-template/go-template",
  "cli/printers/jsonpath/",
  "client-node/",
  "cobra/recorded",
  "cobra/with-commander",
  "codec/exec-credential/decode-exec-credential",
  "codec/kubeconfig-edit/properties",
  "codec/kubeconfig/encode-fast-path",
  "conformance/",
  "docs/",
  "doctor/findings",
  "doctor/random",
  "doctor/yaml-surprise",
  "e2e/",
  "examples/",
  "exec/malformed-keys",
  "exec/real-plugin",
  "exec/recorded",
  "fuzz/",
  "host/interruption",
  "host/node-open-file",
  "loading/resolve/",
  "package/consumers",
  "package/package",
  "package/release",
  "schemas/kubeconfig",
  "transport/",
  "writing/redact-line",
  "yaml/hostile",
  "yaml/other-readers",
  "yaml/properties",
  "yaml/quick/",
  "yaml/source-tree",
  "yaml/write",
];

/** @type {import("jest").Config} */
export default {
  ...config,
  testPathIgnorePatterns: slow.map((path) => `<rootDir>/test/${path}`),
};
