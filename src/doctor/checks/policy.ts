import { ALLOW_ALL } from "../../api/plugin-policy.ts";
import type { FindingCode } from "../codes.ts";
import type { ExaminationInput } from "../examination-input.ts";
import { findingAt, scoped, wholeFile } from "../examination-input.ts";
import type { Finding } from "../finding.ts";
import type { PolicyNote } from "../../loading/policy-notes.ts";

/** Checks the plugin policy of the kuberc. */
export function* checkPolicy(facts: ExaminationInput): Generator<Finding> {
  for (const { file, fault } of facts.requirements) {
    if (fault !== undefined) {
      yield findingAt("plugin-requirements-unreadable", wholeFile(file), {
        message: `No plugin may run: ${fault}.`,
      });
    }
  }
  const { type, file, notes, refusal } = facts.policy;
  if (refusal !== undefined) {
    yield findingAt("kuberc-invalid", wholeFile(file), { message: `${refusal}.` });
    return;
  }
  const users = [...scoped(facts, "user", facts.merged.authInfos)];
  const hasPlugins = users.some(([, { exec }]) => exec !== undefined);
  if (facts.isOneContext && !hasPlugins) {
    return;
  }
  for (const note of notes) {
    yield findingOf(note);
  }
  const isIgnored = notes.some(
    ({ kind }) => kind !== "kubectl-warning" && kind !== "too-new" && kind !== "launcher",
  );
  if (type === "" && hasPlugins && !isIgnored) {
    yield findingAt("no-plugin-policy", wholeFile(file), {
      message:
        file === undefined
          ? "There is no kuberc that says which plugins may run."
          : "It does not say which plugins may run.",
    });
  } else if (type === ALLOW_ALL) {
    yield findingAt("plugin-policy-allows-all", wholeFile(file), {
      message: "credentialPluginPolicy is AllowAll.",
    });
  }
}

const CODES: Readonly<Record<PolicyNote["kind"], FindingCode>> = {
  "kubectl-warning": "kuberc-warning",
  unusable: "plugin-policy-ignored",
  ignored: "plugin-policy-ignored",
  "too-new": "plugin-policy-too-new",
  launcher: "plugin-policy-allows-launcher",
  "turned-off": "plugin-policy-turned-off",
};

function findingOf({ kind, file, line, message, hint }: PolicyNote): Finding {
  const text =
    kind === "unusable"
      ? `The kuberc ${message}`
      : kind === "turned-off"
        ? `It ${message}`
        : `${message.charAt(0).toUpperCase()}${message.slice(1)}`;
  return findingAt(
    CODES[kind],
    { file, position: line === undefined ? undefined : { line, column: 1 } },
    {
      message: `${text}.`,
      ...(hint !== undefined && { hint: `${hint.charAt(0).toUpperCase()}${hint.slice(1)}.` }),
    },
  );
}
