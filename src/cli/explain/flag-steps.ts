import type { EntrySection, Field } from "../../api/fields.ts";
import type { ExplainInputs } from "./explain-inputs.ts";
import { FIELDS, shownProperty, shownValue } from "./shown-field.ts";
import type { Step } from "./story.ts";
import { DEFAULT, flag, variable } from "./story.ts";

/** Returns the flags that set a field of the effective entry. */
export function flagSteps(facts: ExplainInputs, section: EntrySection, field: string): readonly Step[] {
  const { flag: own, clearedBy = [] }: Partial<Field> = FIELDS[section].get(field)?.[1] ?? {};
  const given = givenFlag(facts, section, field);
  if (own !== undefined && given !== undefined) {
    return [{ source: flag(own), status: "used", value: given }];
  }
  const clearing = clearedBy.find((each) => each !== own && isGiven(facts, each));
  const steps: readonly Step[] = own === undefined ? [] : [{ source: flag(own), status: "not-set" }];
  return clearing === undefined
    ? steps
    : [...steps, { source: flag(clearing), status: "used", note: `which takes the place of ${field} too` }];
}

/** Returns the value of the flag of a field; undefined if it is not given, or there is none. */
export function givenFlag(
  { overrides }: ExplainInputs,
  section: EntrySection,
  field: string,
): string | undefined {
  const [key = "", row] = FIELDS[section].get(field) ?? [];
  const { cluster, authInfo, context } = overrides;
  const upper = { clusters: cluster, users: authInfo, contexts: context }[section];
  return row?.flag === undefined ? undefined : shownProperty(section, field, Reflect.get(upper, key));
}

function isGiven({ overrides: { authInfo, cluster } }: ExplainInputs, name: string): boolean {
  switch (name) {
    case "--server":
      return cluster.server !== "";
    case "--certificate-authority":
      return cluster.certificateAuthority !== "";
    case "--insecure-skip-tls-verify":
      return cluster.insecureSkipTlsVerify;
    case "--client-certificate":
      return authInfo.clientCertificate !== "";
    default:
      return authInfo.clientKey !== "";
  }
}

/** Returns the sources of the server if neither flag nor file sets it. */
export function serverDefaults(
  { host, overrides, fromPod }: ExplainInputs,
  decided: boolean,
): readonly Step[] {
  const { server } = overrides.clusterDefaults;
  const named = (host.env["KUBERNETES_MASTER"] ?? "") !== "";
  if (decided) {
    return named
      ? [
          {
            source: variable("KUBERNETES_MASTER"),
            status: "overridden",
            value: shownValue(["clusters", "", "server"], server),
          },
        ]
      : [];
  }
  const value = shownValue(["clusters", "", "server"], server);
  const status = fromPod.connection ? "overridden" : "used";
  return [
    named
      ? { source: variable("KUBERNETES_MASTER"), status, value }
      : { source: variable("KUBERNETES_MASTER"), status: "not-set" },
    ...(named ? [] : [{ source: DEFAULT, status, value } as const]),
  ];
}
