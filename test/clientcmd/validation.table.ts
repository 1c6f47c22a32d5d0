import type { AuthInfoFields } from "../../src/api/auth-info.ts";
import { AuthInfo, AuthProviderConfig } from "../../src/api/auth-info.ts";
import type { ClusterFields } from "../../src/api/cluster.ts";
import { Cluster } from "../../src/api/cluster.ts";
import type { Config, Context } from "../../src/api/config.ts";
import { newConfig, newContext } from "../../src/api/config.ts";
import type { ExecConfigFields, ExecInteractiveMode } from "../../src/api/exec.ts";
import { ExecConfig } from "../../src/api/exec.ts";

/** A file that can be opened. All others are missing. */
export const READABLE = "/readable";

/** What a row judges: the whole config, a context of it as usable, or one entry by itself. */
export type Judged = "config" | "usable" | "context" | "user" | "cluster";

export interface ValidationRow {
  /** The test of client-go that the row is taken from. */
  readonly source: string;
  readonly config: Config;
  readonly judged: readonly (readonly [what: Judged, name: string])[];
  /** What the errors say, in their order; none for a config without fault. */
  readonly errors: readonly string[];
}

interface Entries {
  readonly clusters?: Readonly<Record<string, Partial<ClusterFields>>>;
  readonly users?: Readonly<Record<string, Partial<AuthInfoFields>>>;
  readonly contexts?: Readonly<Record<string, Partial<Context>>>;
  readonly currentContext?: string;
}

function config({ clusters = {}, users = {}, contexts = {}, currentContext = "" }: Entries): Config {
  return newConfig({
    clusters: new Map(Object.entries(clusters).map(([name, fields]) => [name, new Cluster(fields)])),
    authInfos: new Map(Object.entries(users).map(([name, fields]) => [name, new AuthInfo(fields)])),
    contexts: new Map(Object.entries(contexts).map(([name, fields]) => [name, newContext(fields)])),
    currentContext,
  });
}

function oneUser(
  source: string,
  user: Partial<AuthInfoFields>,
  errors: readonly string[],
  name = "error",
): ValidationRow {
  return {
    source: `validation_test.go ${source}`,
    config: config({ users: { [name]: user } }),
    judged: [
      ["user", name],
      ["config", ""],
    ],
    errors,
  };
}

function oneCluster(
  source: string,
  name: string,
  cluster: Partial<ClusterFields>,
  errors: readonly string[],
): ValidationRow {
  return {
    source: `validation_test.go ${source}`,
    config: config({ clusters: { [name]: cluster } }),
    judged: [
      ["cluster", name],
      ["config", ""],
    ],
    errors,
  };
}

const plugin: Partial<ExecConfigFields> = {
  command: "/bin/example",
  apiVersion: "clientauthentication.k8s.io/v1alpha1",
  interactiveMode: "IfAvailable",
};

function onePlugin(
  source: string,
  fields: Partial<ExecConfigFields>,
  errors: readonly string[],
): ValidationRow {
  return oneUser(source, { exec: new ExecConfig({ ...plugin, ...fields }) }, errors, "user");
}

const badButOk = config({
  clusters: {
    "missing ca": { server: "anything", certificateAuthority: "missing" },
    clean: { server: "anything" },
  },
  users: { error: { username: "anything", token: "here" }, clean: { token: "here" } },
  contexts: {
    dirty: { cluster: "missing ca", authInfo: "error" },
    clean: { cluster: "clean", authInfo: "clean" },
  },
});

const missingCa =
  "unable to read certificate-authority missing for missing ca due to open missing: no such file or directory";
const twoMethods =
  "more than one authentication method found for error; found [token basicAuth], only one is allowed";

const missingObjects = config({
  clusters: { "kind-cluster": { server: "anything" } },
  users: { "kind-user": { token: "any-value" } },
  contexts: {
    "missing-user": { cluster: "kind-cluster", authInfo: "garbage" },
    "missing-cluster": { cluster: "garbage", authInfo: "kind-user" },
  },
});

const userGarbage = 'user "garbage" was not found for context "missing-user"';
const clusterGarbage = 'cluster "garbage" was not found for context "missing-cluster"';

const noConfig = "no configuration has been provided, try setting KUBERNETES_MASTER environment variable";

const unasked = ["requesting uid, groups or user-extra for user without impersonating a user"];

/** client-go's validation_test.go. Where it looks for a part of the text, the whole text stands here. */
export const validationRows: readonly ValidationRow[] = [
  {
    source: "validation_test.go TestConfirmUsableBadInfoButOkConfig, clean",
    config: badButOk,
    judged: [["usable", "clean"]],
    errors: [],
  },
  {
    source: "validation_test.go TestConfirmUsableBadInfoButOkConfig",
    config: badButOk,
    judged: [["config", ""]],
    errors: [twoMethods, missingCa],
  },
  {
    source: "validation_test.go TestConfirmUsableMissingObjects, user",
    config: missingObjects,
    judged: [["usable", "missing-user"]],
    errors: [userGarbage],
  },
  {
    source: "validation_test.go TestConfirmUsableMissingObjects, cluster",
    config: missingObjects,
    judged: [["usable", "missing-cluster"]],
    errors: [clusterGarbage, 'no server found for cluster "garbage"'],
  },
  {
    source: "validation_test.go TestConfirmUsableMissingObjects",
    config: missingObjects,
    judged: [["config", ""]],
    errors: [clusterGarbage, userGarbage],
  },
  {
    source: "validation_test.go TestConfirmUsableBadInfoConfig",
    config: config({
      clusters: { "missing ca": { server: "anything", certificateAuthority: "missing" } },
      users: { error: { username: "anything", token: "here" } },
      contexts: { first: { cluster: "missing ca", authInfo: "error" } },
    }),
    judged: [["usable", "first"]],
    errors: [twoMethods, missingCa],
  },
  {
    source: "validation_test.go TestConfirmUsableEmptyConfig",
    config: newConfig(),
    judged: [["usable", ""]],
    errors: [noConfig],
  },
  {
    source: "validation_test.go TestConfirmUsableMissingConfig",
    config: newConfig(),
    judged: [["usable", "not-here"]],
    errors: [noConfig],
  },
  {
    source: "validation_test.go TestValidateEmptyConfig",
    config: newConfig(),
    judged: [["config", ""]],
    errors: [noConfig],
  },
  {
    source: "validation_test.go TestValidateMissingCurrentContextConfig",
    config: newConfig({ currentContext: "anything" }),
    judged: [["config", ""]],
    errors: ["context was not found for specified context: anything"],
  },
  {
    source: "validation_test.go TestValidateMissingReferencesConfig",
    config: config({
      currentContext: "anything",
      contexts: { anything: { cluster: "missing", authInfo: "missing" } },
    }),
    judged: [
      ["context", "anything"],
      ["config", ""],
    ],
    errors: [
      'user "missing" was not found for context "anything"',
      'cluster "missing" was not found for context "anything"',
    ],
  },
  {
    source: "validation_test.go TestValidateEmptyContext",
    config: config({ currentContext: "anything", contexts: { anything: {} } }),
    judged: [
      ["context", "anything"],
      ["config", ""],
    ],
    errors: [
      'user was not specified for context "anything"',
      'cluster was not specified for context "anything"',
    ],
  },
  {
    source: "validation_test.go TestValidateEmptyContextName",
    config: config({ contexts: { "": { cluster: "missing", authInfo: "missing" } } }),
    judged: [
      ["context", ""],
      ["config", ""],
    ],
    errors: [
      'empty context name for api.Context{LocationOfOrigin:"", Cluster:"missing", AuthInfo:"missing", Namespace:"", Extensions:map[string]runtime.Object(nil)} is not allowed',
      'user "missing" was not found for context ""',
      'cluster "missing" was not found for context ""',
    ],
  },
  oneCluster("TestValidateEmptyClusterInfo", "empty", {}, ["cluster has no server defined"]),
  oneCluster("TestValidateClusterInfoErrEmptyCluster", "", {}, ["cluster has no server defined"]),
  oneCluster(
    "TestValidateMissingCAFileClusterInfo",
    "missing ca",
    { server: "anything", certificateAuthority: "missing" },
    [missingCa],
  ),
  oneCluster("TestValidateCleanClusterInfo", "clean", { server: "anything" }, []),
  oneCluster(
    "TestValidateCleanWithCAClusterInfo",
    "clean",
    { server: "anything", certificateAuthority: READABLE },
    [],
  ),
  oneUser("TestValidateEmptyAuthInfo", {}, []),
  oneUser("TestValidateCertFilesNotFoundAuthInfo", { clientCertificate: "missing", clientKey: "missing" }, [
    "unable to read client-cert missing for error due to open missing: no such file or directory",
    "unable to read client-key missing for error due to open missing: no such file or directory",
  ]),
  oneUser(
    "TestValidateCertDataOverridesFiles",
    {
      clientCertificate: READABLE,
      clientCertificateData: Buffer.from("certdata"),
      clientKey: READABLE,
      clientKeyData: Buffer.from("keydata"),
    },
    [
      "client-cert-data and client-cert are both specified for clean. client-cert-data will override.",
      "client-key-data and client-key are both specified for clean; client-key-data will override",
    ],
    "clean",
  ),
  oneUser(
    "TestValidateCleanCertFilesAuthInfo",
    { clientCertificate: READABLE, clientKey: READABLE },
    [],
    "clean",
  ),
  oneUser("TestValidateCleanTokenAuthInfo", { token: "any-value" }, [], "clean"),
  oneUser("TestValidateMultipleMethodsAuthInfo", { token: "token", username: "username" }, [twoMethods]),
  onePlugin(
    "TestValidateAuthInfoExec",
    { args: ["hello", "world"], env: [{ name: "foo", value: "bar" }] },
    [],
  ),
  onePlugin("TestValidateAuthInfoExecNoVersion", { apiVersion: "" }, [
    "apiVersion must be specified for user to use exec authentication plugin",
  ]),
  onePlugin("TestValidateAuthInfoExecNoCommand", { command: "" }, [
    "command must be specified for user to use exec authentication plugin",
  ]),
  oneUser(
    "TestValidateAuthInfoExecWithAuthProvider",
    { authProvider: new AuthProviderConfig({ name: "oidc" }), exec: new ExecConfig(plugin) },
    ["authProvider cannot be provided in combination with an exec plugin for user"],
    "user",
  ),
  onePlugin("TestValidateAuthInfoExecNoEnv", { env: [{ name: "foo", value: "" }] }, []),
  onePlugin("TestValidateAuthInfoExecInteractiveModeMissing", { interactiveMode: "" }, [
    "interactiveMode must be specified for user to use exec authentication plugin",
  ]),
  onePlugin(
    "TestValidateAuthInfoExecInteractiveModeInvalid",
    { interactiveMode: "invalid" as ExecInteractiveMode },
    ['invalid interactiveMode for user: "invalid"'],
  ),
  oneUser("TestValidateAuthInfoImpersonateUser", { impersonate: "user" }, [], "user"),
  oneUser(
    "TestValidateAuthInfoImpersonateEverything",
    {
      impersonate: "user",
      impersonateUid: "abc123",
      impersonateGroups: ["group-1", "group-2"],
      impersonateUserExtra: new Map([["key", ["val1", "val2"]]]),
    },
    [],
    "user",
  ),
  oneUser(
    "TestValidateAuthInfoImpersonateGroupsWithoutUserInvalid",
    { impersonateGroups: ["group-1", "group-2"] },
    unasked,
    "user",
  ),
  oneUser(
    "TestValidateAuthInfoImpersonateExtraWithoutUserInvalid",
    { impersonateUserExtra: new Map([["key", ["val1", "val2"]]]) },
    unasked,
    "user",
  ),
  oneUser(
    "TestValidateAuthInfoImpersonateUIDWithoutUserInvalid",
    { impersonateUid: "abc123" },
    unasked,
    "user",
  ),
];
