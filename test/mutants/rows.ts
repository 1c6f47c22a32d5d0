/** Files of one concern, and the tests that belong to them. */
export interface Row {
  readonly name: string;
  /** The files to mutate. */
  readonly files: readonly string[];
  /** Fast tests that detect most changes. */
  readonly tests: readonly string[];
  /** Tests that run only for a change that `tests` did not detect. */
  readonly wider: readonly string[];
}

const inWriting = (...names: readonly string[]): readonly string[] =>
  names.map((name) => `src/writing/${name}.ts`);

/** The security-critical files. Paths are relative to the root of the repository. */
export const rows: readonly Row[] = [
  {
    name: "policy",
    files: ["decide", "exec-command", "launchers", "lookup", "reason", "validate-policy"].map(
      (name) => `src/policy/${name}.ts`,
    ),
    tests: ["decide", "exec-command", "launchers", "validate-policy"].map(
      (name) => `test/policy/${name}.test.ts`,
    ),
    wider: ["test/exec/windows.test.ts"],
  },
  {
    name: "exec",
    files: ["credential-chain", "install-hint", "with-error-prefix"].map((name) => `src/exec/${name}.ts`),
    tests: ["test/exec/credential-chain.test.ts"],
    wider: ["test/exec/client-go.test.ts"],
  },
  {
    name: "redaction",
    files: ["src/api/redaction.ts", "src/clientcmd/redact.ts"],
    tests: ["test/clientcmd/redact.test.ts", "test/api/redaction.test.ts", "test/api/secrets.test.ts"],
    wider: [],
  },
  {
    name: "follow",
    files: ["src/transport/follow.ts"],
    tests: ["test/transport/follow.test.ts"],
    wider: ["test/transport/fetch.test.ts"],
  },
  {
    name: "verify-server",
    files: ["src/transport/verify-server.ts"],
    tests: ["test/transport/server-fault.test.ts", "test/transport/server-names.test.ts"],
    wider: [],
  },
  {
    name: "locks",
    files: inWriting("lock-file", "lock-owner", "locks"),
    tests: ["test/writing/lock-file.test.ts"],
    wider: ["test/writing/locks.test.ts"],
  },
  {
    name: "atomic-file",
    files: inWriting("atomic-file"),
    tests: ["test/writing/atomic-file.test.ts"],
    wider: ["test/writing/modify-config.test.ts"],
  },
];
