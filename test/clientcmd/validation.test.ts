import { AuthInfo } from "../../src/api/auth-info.ts";
import { Cluster } from "../../src/api/cluster.ts";
import type { Config } from "../../src/api/config.ts";
import { newConfig, newContext } from "../../src/api/config.ts";
import type { OpenFault } from "../../src/clientcmd/open-fault.ts";
import { validateAuthInfo } from "../../src/clientcmd/validate-auth-info.ts";
import { validateCluster } from "../../src/clientcmd/validate-cluster.ts";
import { confirmUsable, validate, validateContext } from "../../src/clientcmd/validation.ts";
import {
  ContextNotFoundError,
  EmptyConfigError,
  InvalidConfigurationError,
  isConfigurationInvalid,
  isContextNotFound,
  isEmptyConfig,
} from "../../src/errors.ts";
import { thrownBy } from "../support/fake-host.ts";
import type { Judged } from "./validation.table.ts";
import { READABLE, validationRows } from "./validation.table.ts";

const openFault: OpenFault = (file) =>
  file === READABLE ? undefined : `open ${file}: no such file or directory`;

/** The errors that a judgement throws, checked to be one that clientcmd would make. */
function findings(validation: () => void): readonly Error[] {
  try {
    validation();
    return [];
  } catch (error) {
    expect(isConfigurationInvalid(error)).toBe(true);
    expect(String(error)).toMatch(/: invalid configuration: /);
    return error instanceof InvalidConfigurationError ? error.errors : [];
  }
}

const judgements: Readonly<Record<Judged, (config: Config, name: string) => readonly Error[]>> = {
  config: (config) => findings(() => validate(config, openFault)),
  usable: (config, name) => findings(() => confirmUsable(config, name, openFault)),
  context: (config, name) => validateContext(name, config.contexts.get(name) ?? newContext(), config),
  user: (config, name) => validateAuthInfo(name, config.authInfos.get(name) ?? new AuthInfo(), openFault),
  cluster: (config, name) => validateCluster(name, config.clusters.get(name), openFault),
};

describe("validation finds all that is wrong, in client-go's words", () => {
  test.each(validationRows.flatMap((row) => row.judged.map(([what, name]) => ({ ...row, what, name }))))(
    "$source: $what $name",
    ({ config, what, name, errors }) => {
      expect(judgements[what](config, name).map(({ message }) => message)).toEqual(errors);
    },
  );
});

describe("names are told in their order, contexts before users before clusters", () => {
  const config = newConfig({
    currentContext: "none",
    contexts: new Map([
      ["b", newContext()],
      ["a", newContext({ cluster: "c", authInfo: "u", namespace: "Bad_Name" })],
    ]),
    authInfos: new Map([["u", new AuthInfo({ token: "t", password: "p" })]]),
    clusters: new Map([["c", new Cluster({ tlsServerName: "x", proxyUrl: "ftp://u:secret@h" })]]),
  });

  test("all at once", () => {
    const error = thrownBy(() => validate(config, openFault));
    expect((error as InvalidConfigurationError).errors.map(({ message }) => message)).toEqual([
      "context was not found for specified context: none",
      'namespace "Bad_Name" for context "a" does not conform to the kubernetes DNS_LABEL rules',
      'user was not specified for context "b"',
      'cluster was not specified for context "b"',
      "more than one authentication method found for u; found [token basicAuth], only one is allowed",
      'no server found for cluster "c"',
      'invalid \'proxy-url\' "ftp://REDACTED@h" for cluster "c": unsupported scheme "ftp", must be http, https, or socks5',
    ]);
    expect(String(error)).not.toContain("secret");
  });

  test("the default cluster has words of its own", () => {
    const [error] = validateCluster("", new Cluster({ tlsServerName: "x" }), openFault);
    expect(error?.message).toBe("default cluster has no server defined");
  });

  test("CA data and a CA file are one too many", () => {
    const cluster = new Cluster({
      server: "s",
      certificateAuthority: READABLE,
      certificateAuthorityData: Buffer.from("ca"),
    });
    expect(validateCluster("c", cluster, openFault).map(({ message }) => message)).toEqual([
      "certificate-authority-data and certificate-authority are both specified for c. certificate-authority-data will override.",
    ]);
  });

  test("a certificate needs a key", () => {
    const user = new AuthInfo({ clientCertificateData: Buffer.from("c") });
    expect(validateAuthInfo("u", user, openFault).map(({ message }) => message)).toEqual([
      "client-key-data or client-key must be specified for u to use the clientCert authentication method.",
    ]);
  });

  test("an entry of a file in which nothing stands is not an empty one", () => {
    const cluster = new Cluster({ locationOfOrigin: "/f" });
    expect(validateCluster("c", cluster, openFault).map(({ message }) => message)).toEqual([
      'no server found for cluster "c"',
    ]);
  });

  test.each(["a", "a-1", "0".repeat(63)])("a namespace may be called %s", (namespace) => {
    const context = newContext({ cluster: "c", authInfo: "u", namespace });
    expect(validateContext("x", context, config)).toEqual([]);
  });

  test.each(["A", "-a", "a-", "a.b", "0".repeat(64), "\u00fc", "a\n"])(
    "a namespace may not be called %j",
    (namespace) => {
      const context = newContext({ cluster: "c", authInfo: "u", namespace });
      expect(validateContext("x", context, config)).toHaveLength(1);
    },
  );
});

const invalid = (...errors: readonly Error[]) =>
  new InvalidConfigurationError(errors, { fromValidation: true });

describe("kinds of errors", () => {
  const empty = new EmptyConfigError("nothing");
  const noContext = new ContextNotFoundError("no context chosen", "");

  test("validation_test.go TestIsContextNotFound: a missing current context is known among the findings", () => {
    const error = thrownBy(() => validate(newConfig({ currentContext: "anything" }), openFault));
    expect(isContextNotFound(error)).toBe(true);
    expect(isConfigurationInvalid(error)).toBe(true);
    expect(isEmptyConfig(error)).toBe(false);
  });

  test("validation_test.go TestIsEmptyConfig: an empty config is known among the findings", () => {
    const error = thrownBy(() => validate(newConfig(), openFault));
    expect(isEmptyConfig(error)).toBe(true);
    expect(isConfigurationInvalid(error)).toBe(true);
    expect(isContextNotFound(error)).toBe(false);
  });

  test("validation_test.go TestIsConfigurationInvalid: several findings are an invalid configuration", () => {
    expect(isConfigurationInvalid(invalid(noContext, noContext))).toBe(true);
  });

  test("a config is not just empty if something else is wrong, too", () => {
    expect(isEmptyConfig(empty)).toBe(true);
    expect(isEmptyConfig(invalid(empty, new Error("else")))).toBe(false);
  });

  test("no context chosen is a context that was not found", () => {
    const config = newConfig({ contexts: new Map([["a", newContext()]]) });
    const error = thrownBy(() => confirmUsable(config, "", openFault));
    expect(error).toMatchObject({ message: "no context chosen" });
    expect(isContextNotFound(error)).toBe(true);
  });

  test("errors of reading are no verdict about the configuration", () => {
    const reading = new InvalidConfigurationError([new Error("error loading config file")]);
    expect(isConfigurationInvalid(reading)).toBe(false);
    expect(isConfigurationInvalid(new Error("else"))).toBe(false);
    expect(isEmptyConfig(undefined)).toBe(false);
    expect(isContextNotFound("context was not found for specified context")).toBe(false);
  });
});
