import { filepathFor } from "../../go/filepath.ts";
import { showText } from "../plain.ts";
import type { Facts } from "./explain-inputs.ts";
import type { Step, Story } from "./story.ts";
import { DEFAULT, flag, variable } from "./story.ts";

/** Which files are read, and why. */
export function filesStory(facts: Facts): Story {
  const { flags, host, origins } = facts;
  const list = host.env["KUBECONFIG"] ?? "";
  const by = flags.kubeconfig !== "" ? "flag" : list === "" ? "default" : "variable";
  const count = filepathFor(host)
    .splitList(list)
    .filter((file) => file !== "").length;
  const found = origins.files.filter(({ config }) => config !== undefined).length;
  const steps: readonly Step[] = [
    by === "flag"
      ? { source: flag("--kubeconfig"), status: "used", value: showText(flags.kubeconfig) }
      : { source: flag("--kubeconfig"), status: "not-set" },
    list === ""
      ? { source: variable("KUBECONFIG"), status: "not-set" }
      : {
          source: variable("KUBECONFIG"),
          status: by === "flag" ? "overridden" : "used",
          value: listOf(count),
        },
    ...(by === "default"
      ? [{ source: DEFAULT, status: "used", note: "the kubeconfig in the home folder" } as const]
      : []),
  ];
  return {
    subject: "files",
    value: `${found} of ${origins.files.length}`,
    steps: [
      ...steps,
      ...origins.files.map(({ file, config }): Step => {
        return { source: { kind: "file", name: file }, status: config === undefined ? "missing" : "used" };
      }),
    ],
    rules: rulesFor(by, origins.files.length),
  };
}

function listOf(count: number): string {
  return count === 1 ? "a single file" : `a list of ${count} files`;
}

function rulesFor(by: "flag" | "variable" | "default", count: number): readonly string[] {
  switch (by) {
    case "flag":
      return ["With --kubeconfig only that file is read."];
    case "variable":
      return count > 1 ? ["They are merged; the first file to define a name keeps it."] : [];
    default:
      return [];
  }
}
