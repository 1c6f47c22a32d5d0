import type { ExecConfig } from "../../api/exec.ts";
import { isInteractiveMode, isSupportedApiVersion } from "../../api/exec-versions.ts";
import type { FindingCode } from "../codes.ts";
import { quote, subjectOf } from "../describe.ts";
import type { ExaminationInput } from "../examination-input.ts";
import { findingAt, scoped } from "../examination-input.ts";
import type { Details, Finding } from "../finding.ts";

type Report = (code: FindingCode, path: readonly (string | number)[], details: Details) => Finding;

/** Checks the entries of plugins for what kubectl refuses, whatever the policy. */
export function* checkExecEntries(facts: ExaminationInput): Generator<Finding> {
  for (const [name, { exec }] of scoped(facts, "user", facts.merged.authInfos)) {
    if (exec !== undefined) {
      const report: Report = (code, path, details) =>
        findingAt(code, facts.locate("user", name, "exec", ...path), {
          subject: subjectOf("user", name),
          ...details,
        });
      yield* checkExec(exec, report);
    }
  }
}

function* checkExec(
  { command, apiVersion, env, interactiveMode }: ExecConfig,
  report: Report,
): Generator<Finding> {
  if (command === "") {
    yield report("exec-command-missing", ["command"], { message: "Its plugin has no command." });
  }
  if (apiVersion === "") {
    yield report("exec-api-version-missing", ["apiVersion"], { message: "Its plugin has no apiVersion." });
  } else if (!isSupportedApiVersion(apiVersion)) {
    yield report("exec-api-version-removed", ["apiVersion"], {
      message: `kubectl speaks no ${quote(apiVersion)} with plugins.`,
    });
  }
  if (!isInteractiveMode(interactiveMode)) {
    yield report("exec-interactive-mode", ["interactiveMode"], {
      message:
        interactiveMode === ""
          ? "Its plugin has no interactiveMode."
          : `There is no interactiveMode ${quote(interactiveMode)}; it must be Never, IfAvailable or Always.`,
    });
  }
  for (const [index, variable] of (env ?? []).entries()) {
    if (variable.name === "") {
      yield report("exec-env-name-missing", ["env", index], {
        message: `Variable ${index + 1} of its plugin has no name.`,
      });
    }
  }
}
