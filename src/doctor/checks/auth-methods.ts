import type { AuthInfo } from "../../api/auth-info.ts";
import { hasCertificate, hasKey } from "../../clientcmd/validate-auth-info.ts";
import type { FindingCode } from "../codes.ts";
import { joinWords, quote, shellWord, subjectOf } from "../describe.ts";
import type { ExaminationInput } from "../examination-input.ts";
import { findingAt, scoped } from "../examination-input.ts";
import type { Details, Finding } from "../finding.ts";

type Report = (code: FindingCode, field: string, details: Details) => Finding;

/** Finds users whose credentials conflict or are incomplete. */
export function* checkAuthMethods(facts: ExaminationInput): Generator<Finding> {
  for (const [name, user] of scoped(facts, "user", facts.merged.authInfos)) {
    const report: Report = (code, field, details) =>
      findingAt(code, facts.locate("user", name, field), { subject: subjectOf("user", name), ...details });
    yield* checkCombination(name, user, report);
    yield* checkImpersonation(user, report);
    if (user.password !== "") {
      yield report("inline-password", "password", { message: "Its password stands in the file." });
    }
    yield* checkProvider(user, report);
  }
}

function* checkCombination(name: string, user: AuthInfo, report: Report): Generator<Finding> {
  const hasPassword = user.username !== "" || user.password !== "";
  const methods: [method: string, field: string][] = [];
  const add = (isThere: boolean, method: string, field: string): void => {
    if (isThere) {
      methods.push([method, field]);
    }
  };
  add(hasCertificate(user) && hasKey(user), "a client certificate", "client-certificate");
  add(user.token !== "", "a token", "token");
  add(user.tokenFile !== "", "a tokenFile", "tokenFile");
  add(hasPassword, "a user name with a password", "username");
  add(user.authProvider !== undefined, "an auth-provider", "auth-provider");
  add(user.exec !== undefined, "a plugin", "exec");
  const message = `It has ${joinWords(methods.map(([method]) => method))}.`;
  const field = methods.at(-1)?.[1] ?? "";
  if (isRefused(user)) {
    yield report("conflicting-auth-methods", field, { message });
  } else if (methods.length > 1) {
    yield report("several-auth-methods", field, { message: `${message} ${whichCounts(user)}` });
  } else if (isWithoutCredentials(user, methods.length)) {
    yield report("user-without-credentials", field, {
      message: user.password === "" ? "It has no credentials." : "It has a password, but no user name.",
      hint: `Give it some: kcfg set-credentials ${shellWord(name)} --help`,
    });
  }
}

/** Reports whether client-go's validation, or its transport after that, refuses the combination. */
function isRefused({ token, tokenFile, username, password, exec, authProvider }: AuthInfo): boolean {
  return (
    (token !== "" && (username !== "" || password !== "")) ||
    (tokenFile !== "" && username !== "") ||
    (exec !== undefined && authProvider !== undefined)
  );
}

/**
 * Reports whether a user has no credentials. A password without a user name counts as none, and so does half of a
 * certificate with its key.
 */
function isWithoutCredentials(user: AuthInfo, methods: number): boolean {
  const isPasswordAlone = user.password !== "" && user.username === "" && methods === 1;
  return (methods === 0 || isPasswordAlone) && !hasCertificate(user);
}

function whichCounts(user: AuthInfo): string {
  if (user.exec !== undefined) {
    return "The plugin is never run.";
  }
  return user.tokenFile !== "" && user.token !== ""
    ? "The token in the file counts, and the other one only while the file cannot be read."
    : "kubectl sends them all, and the server chooses.";
}

function* checkImpersonation(user: AuthInfo, report: Report): Generator<Finding> {
  const fields = [
    ...(user.impersonateUid === "" ? [] : ["as-uid"]),
    ...(user.impersonateGroups.length === 0 ? [] : ["as-groups"]),
    ...(user.impersonateUserExtra.size === 0 ? [] : ["as-user-extra"]),
  ];
  const [first] = fields;
  if (user.impersonate === "" && first !== undefined) {
    yield report("impersonation-without-user", first, {
      message: `It has ${joinWords(fields)}, but not as.`,
    });
  }
}

const REPLACEMENTS: ReadonlyMap<string, string> = new Map([
  ["gcp", "Use gke-gcloud-auth-plugin: gcloud container clusters get-credentials CLUSTER"],
  ["azure", "Use kubelogin: kubelogin convert-kubeconfig"],
]);

function* checkProvider({ authProvider }: AuthInfo, report: Report): Generator<Finding> {
  if (authProvider === undefined) {
    return;
  }
  const { name, config } = authProvider;
  const replacement = REPLACEMENTS.get(name);
  if (replacement !== undefined) {
    yield report("auth-provider-removed", "auth-provider", {
      message: `kubectl has the auth-provider ${name} no more.`,
      hint: replacement,
    });
    return;
  }
  if (name !== "oidc") {
    yield report("auth-provider-unknown", "auth-provider", {
      message: `kubectl knows no auth-provider ${quote(name)}.`,
    });
    return;
  }
  const lacks = (setting: string): boolean => (config?.get(setting) ?? "") === "";
  const missing = [
    ...["idp-issuer-url", "client-id"].filter(lacks),
    ...(lacks("id-token") && lacks("refresh-token") ? ["id-token", "refresh-token"] : []),
  ];
  yield missing.length > 0
    ? report("auth-provider-incomplete", "auth-provider", { message: `It lacks ${joinWords(missing)}.` })
    : report("auth-provider-deprecated", "auth-provider", { message: "It uses the auth-provider oidc." });
}
