import { redactUrlPassword } from "../../api/redaction.ts";
import { goQuote } from "../../go/quote.ts";
import { isTransportTls } from "../../clientcmd/server-url.ts";
import { quoteForSentence } from "../../go/printable-text.ts";
import type { ExplainInputs } from "./explain-inputs.ts";
import { chosenName } from "./chosen.ts";
import { fieldStory } from "./field-story.ts";
import { fileSteps } from "./file-steps.ts";
import { flagStep } from "./name-stories.ts";
import { POD_RULE, SERVICE_ACCOUNT } from "./pod.ts";
import type { Step, Story } from "./story.ts";
import { DEFAULT, variable } from "./story.ts";

/** Explains the server of the connection. */
export function serverStory(facts: ExplainInputs, all: boolean): Story {
  const { connection } = facts;
  const name = chosenName(facts, "clusters");
  const { steps, rules, value } = fieldStory(facts, { section: "clusters", name, field: "server" }, all);
  const server = "value" in connection ? quoteForSentence(redactUrlPassword(connection.value.host)) : value;
  return { subject: "server", value: server, steps, rules };
}

/** Explains the namespace of requests. */
export function namespaceStory(facts: ExplainInputs, all: boolean): Story {
  const { namespace, overrides, fromPod } = facts;
  const asked = overrides.context.namespace;
  const context = chosenName(facts, "contexts");
  const note = `by the context ${goQuote(context)}`;
  const files = facts.config.contexts.has(context)
    ? fileSteps(facts, ["contexts", context, "namespace"], { overridden: asked !== "", all, note })
    : [];
  const steps = [flagStep("--namespace", asked), ...files];
  const decided = steps.find(({ status }) => status === "used")?.value;
  const value = "value" in namespace ? quoteForSentence(namespace.value.namespace) : (decided ?? "default");
  const lower = fromPod.namespace
    ? podNamespace(facts)
    : decided !== undefined
      ? []
      : [{ source: DEFAULT, status: "used", value: "default" } as const];
  return {
    subject: "namespace",
    value,
    steps: [...steps, ...lower],
    rules: fromPod.namespace ? ["No context names a namespace, and this process runs in a pod."] : [],
  };
}

function podNamespace({ host, namespace }: ExplainInputs): readonly Step[] {
  const value = "value" in namespace ? quoteForSentence(namespace.value.namespace) : undefined;
  const name = "POD_NAMESPACE";
  return (host.env[name] ?? "") === ""
    ? [
        { source: variable(name), status: "not-set" },
        { source: { kind: "pod", name: `${SERVICE_ACCOUNT}/namespace` }, status: "used", value },
      ]
    : [{ source: variable(name), status: "used", value }];
}

/** The fields of a user entry with credentials, in the order in which they are considered. */
const CREDENTIALS = [
  "client-certificate-data",
  "client-certificate",
  "tokenFile",
  "token",
  "username",
  "exec",
  "auth-provider",
] as const;

type CredentialField = (typeof CREDENTIALS)[number];

const KINDS: Readonly<Record<CredentialField, string>> = {
  "client-certificate-data": "a client certificate",
  "client-certificate": "a client certificate",
  tokenFile: "a token from a file",
  token: "a token",
  username: "a user name and a password",
  exec: "a credential plugin",
  "auth-provider": "an auth-provider",
};

/** Explains the credential. */
export function credentialStory(facts: ExplainInputs): Story {
  const { connection, fromPod, wouldAsk } = facts;
  const name = chosenName(facts, "users");
  const stories = CREDENTIALS.map((field) => ({
    field,
    story: fieldStory(facts, { section: "users", name, field }, false),
  }));
  const set = stories.filter(({ story }) => story.value !== undefined);
  const isTls = !("value" in connection) || isTransportTls(connection.value);
  const used = fromPod.connection ? [] : isTls ? usedOf(set.map(({ field }) => field)) : [];
  const steps = stories.flatMap(({ field, story }) =>
    story.steps
      .filter(({ status }) => status !== "not-set")
      .map(({ source, status, value, note }): Step => {
        const isIdle = status === "used" && !used.includes(field);
        const said = source.kind === "flag" || value === undefined ? value : `${field}: ${value}`;
        return { source, status: isIdle ? "overridden" : status, value: said, note };
      }),
  );
  if (fromPod.connection) {
    const asked = facts.overrides.authInfo.token !== "";
    const token: Step = { source: { kind: "pod", name: `${SERVICE_ACCOUNT}/token` }, status: "used" };
    return asked
      ? { subject: "credential", value: KINDS.token, steps: [flagStep("--token", "REDACTED")], rules: [] }
      : {
          subject: "credential",
          value: "the token of the service account",
          steps: [token],
          rules: [POD_RULE],
        };
  }
  const kinds = [...new Set(used.map((field) => KINDS[field]))].join(" and ");
  return {
    subject: "credential",
    value: kinds === "" ? undefined : kinds,
    steps,
    rules: credentialRules(
      set.map(({ field }) => field),
      used,
      isTls,
      wouldAsk,
    ),
  };
}

/**
 * Returns the field in use, in client-go's order: a token file before a token; a plugin or an auth-provider only if
 * there is nothing else.
 */
function usedOf(fields: readonly CredentialField[]): readonly CredentialField[] {
  const has = (field: CredentialField): boolean => fields.includes(field);
  const certificate = has("client-certificate-data") ? "client-certificate-data" : "client-certificate";
  const own: CredentialField[] = [];
  if (has(certificate)) own.push(certificate);
  if (has("tokenFile")) own.push("tokenFile");
  else if (has("token")) own.push("token");
  if (has("username")) own.push("username");
  if (has("auth-provider") && own.every((field) => field === certificate)) own.push("auth-provider");
  return own.length === 0 && has("exec") ? ["exec"] : own;
}

function credentialRules(
  set: readonly CredentialField[],
  used: readonly CredentialField[],
  isTls: boolean,
  wouldAsk: boolean,
): readonly string[] {
  if (!isTls) {
    return ["Nothing that says who the client is goes to a server without TLS."];
  }
  const rules: string[] = [];
  if (set.includes("exec") && !used.includes("exec")) {
    rules.push("A plugin is not run if there is another credential.");
  }
  if (used.includes("tokenFile") && set.includes("token")) {
    rules.push("A token file goes before a token.");
  }
  if (wouldAsk) {
    rules.push("A user name and a password are asked for.");
  }
  return rules;
}
