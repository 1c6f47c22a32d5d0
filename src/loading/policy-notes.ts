import { ALLOW_ALL } from "../api/plugin-policy.ts";
import type { KubercDocument } from "../codec/kuberc/read-document.ts";
import type { WireValue } from "../codec/json/wire-value.ts";
import { fieldsOf } from "../codec/json/wire-value.ts";
import { goQuote } from "../go/quote.ts";
import { KcfgError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { findIgnoredPolicies } from "../kuberc/ignored-policy.ts";
import { ALLOWLIST_FIELD } from "../kuberc/policy-fields.ts";
import { launcherBehind } from "./launcher-behind.ts";
import type { LoadedKuberc } from "./load-kuberc.ts";
import { defaultKubercFile, loadKuberc } from "./load-kuberc.ts";
import { executableFacts } from "./look-path.ts";

/** A note about the plugin policy of a kuberc that kubectl accepts. */
export interface PolicyNote {
  /**
   * `kubectl-warning`: kubectl itself prints it while it loads the kuberc. `unusable`: kubectl continues without the
   * file.
   * `ignored`: kubectl does not honour a part of it. `too-new`: kubectl 1.35 refuses it. `launcher`: an entry of its
   * allowlist allows every program. `turned-off`: the environment keeps it from being read.
   */
  readonly kind: "kubectl-warning" | "unusable" | "ignored" | "too-new" | "launcher" | "turned-off";
  readonly file: string;
  /** The line of the file, from 1; undefined if it is unknown. */
  readonly line: number | undefined;
  readonly message: string;
  /** How to fix it; undefined where the message says so. */
  readonly hint: string | undefined;
}

/** Returns the notes about the policy of a kuberc, except for launchers in it; kubectl's own come first. */
export function policyNotes(host: Host, kuberc: LoadedKuberc): readonly PolicyNote[] {
  const { location, preference, content, warnings } = kuberc;
  const file = location?.file ?? "";
  const note = (kind: PolicyNote["kind"], message: string, hint?: string, line?: number): PolicyNote => ({
    kind,
    file,
    line,
    message,
    hint,
  });
  return [
    ...warnings.map((warning) => note("kubectl-warning", warning)),
    ...(location !== undefined && preference === undefined && warnings.length > 0
      ? [
          note(
            "unusable",
            "is not used, so every plugin may run",
            "mend it, or remove it if it is not wanted",
          ),
        ]
      : []),
    ...(content === undefined ? [] : findIgnoredPolicies(content)).map(({ line, message, hint }) =>
      note("ignored", message, hint, line),
    ),
    ...(content?.used !== undefined && usesCommand(content.used)
      ? [
          note(
            "too-new",
            "the allowlist names executables by command, which kubectl 1.35 refuses; name says the same to all",
          ),
        ]
      : []),
    ...(location === undefined ? noteTurnedOff(host) : []),
  ];
}

/**
 * Returns notes about entries of the allowlist that allow every program, because they run whatever a kubeconfig names.
 * kubectl does not report them, and a plugin that runs at each request should not either.
 */
export function launcherNotes(
  host: Host,
  { location, preference, content }: LoadedKuberc,
): readonly PolicyNote[] {
  const facts = executableFacts(host);
  return (preference?.pluginPolicy.credentialPluginAllowlist ?? []).flatMap(({ command }, index) => {
    const { path, error } = facts.lookPath(command);
    const launcher = launcherBehind(host, command, error === undefined ? path : undefined);
    if (launcher === undefined) {
      return [];
    }
    const which = `the entry ${goQuote(command)} of the allowlist`;
    const leads = launcher === command ? which : `${which} leads to ${goQuote(launcher)}, which`;
    return [
      {
        kind: "launcher" as const,
        file: location?.file ?? "",
        line: content?.used?.locate([ALLOWLIST_FIELD, index], "value")?.line,
        message: `${leads} runs whatever a kubeconfig tells it to, so that every program may run`,
        hint: "allow the programs that it runs instead",
      },
    ];
  });
}

/** Formats a note as one line that includes the file. */
export function describeNote({ kind, file, line, message, hint }: PolicyNote): string {
  switch (kind) {
    case "kubectl-warning":
      return message;
    case "unusable":
    case "turned-off":
      return `${file} ${message}${hint === undefined ? "" : `; ${hint}`}`;
    default:
      return `${file}${line === undefined ? "" : `:${line}`}: ${message}${hint === undefined ? "" : `; ${hint}`}`;
  }
}

/** Reports whether an entry of the allowlist has only the field that came with kubectl 1.36. */
function usesCommand({ value, meta }: KubercDocument): boolean {
  const entries = fieldsOf(value).get(ALLOWLIST_FIELD);
  return (
    meta?.version === "v1beta1" &&
    Array.isArray(entries) &&
    entries.some((entry: WireValue) => {
      const fields = fieldsOf(entry);
      return fields.has("command") && !fields.has("name");
    })
  );
}

/** Reports a policy in a kuberc that is turned off: the user may have forgotten it. */
function noteTurnedOff(host: Host): readonly PolicyNote[] {
  const file = defaultKubercFile(host);
  try {
    const content = loadKuberc({ ...host, env: { ...host.env, KUBERC: file, KUBECTL_KUBERC: "" } }, "");
    const type = content.preference?.pluginPolicy.credentialPluginPolicy ?? "";
    const message = `sets the policy ${type}, but the environment turns kuberc off (KUBERC or KUBECTL_KUBERC)`;
    return type === "" || type === ALLOW_ALL
      ? []
      : [{ kind: "turned-off", file, line: undefined, message, hint: undefined }];
  } catch (error) {
    if (error instanceof KcfgError) {
      return [];
    }
    throw error;
  }
}
