import { findHazards } from "../../policy/find-hazards.ts";
import type { Hazard, HazardCode } from "../../policy/hazard.ts";
import type { FindingCode } from "../codes.ts";
import { subjectOf } from "../describe.ts";
import type { ExaminationInput } from "../examination-input.ts";
import { findingAt } from "../examination-input.ts";
import type { Finding } from "../finding.ts";

/**
 * The hazards for which an import would be refused, as far as they are unusual in a kubeconfig in use: proxies and
 * plugins are there on purpose, and other checks cover TLS.
 */
const CODES: Partial<Record<HazardCode, FindingCode>> = {
  "token-file-outside": "token-file-outside",
  "file-outside": "file-outside-folder",
  "launcher-plugin": "plugin-runs-anything",
  "loader-variable": "plugin-loader-variable",
};

/** Checks for entries that read the user's own files, or run arbitrary programs. */
export function* checkHazards(facts: ExaminationInput): Generator<Finding> {
  const { machine, filepath, merged } = facts;
  const reported = new Set<string>();
  const hazards = findHazards(merged, {
    filepath,
    cwd: machine.cwd,
    home: machine.home,
    files: machine.files,
    isInScope: (kind, name) => facts.isInScope(kind, name),
    isAllowed: () => false,
  });
  for (const hazard of hazards) {
    const { code, kind, name, field, detail, path = "" } = hazard;
    const finding = CODES[code];
    const key = `${code} ${path}`;
    if (finding === undefined || isUsual(hazard, facts) || (path !== "" && reported.has(key))) {
      continue;
    }
    reported.add(key);
    const subject = subjectOf(kind, name);
    yield findingAt(finding, facts.locate(kind, name, ...field), { subject, message: `It ${detail}.` });
  }
}

/** Where Kubernetes mounts the tokens of pods. */
const POD_SECRETS = /^(?:\/var)?\/run\/secrets\//;

/**
 * Reports whether a path is usual: minikube, kind's users and many others keep certificates in a hidden folder of the
 * home.
 */
function isUsual({ code, path = "" }: Hazard, { machine, filepath }: ExaminationInput): boolean {
  const { home } = machine;
  return code === "file-outside"
    ? home !== "" && filepath.clean(path).startsWith(`${filepath.clean(home)}${filepath.separator}`)
    : code === "token-file-outside" && POD_SECRETS.test(filepath.clean(path));
}
