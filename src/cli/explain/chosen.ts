import {
  chosenAuthInfo,
  chosenAuthInfoName,
  chosenCluster,
  chosenClusterName,
  chosenContext,
  chosenContextName,
} from "../../clientcmd/chosen-entries.ts";
import type { EntrySection } from "../../api/fields.ts";
import type { ExplainInputs } from "./explain-inputs.ts";

/** Returns the name of the effective entry. */
export function chosenName({ choice }: ExplainInputs, section: EntrySection): string {
  const name = {
    clusters: () => chosenClusterName(choice).name,
    users: () => chosenAuthInfoName(choice).name,
    contexts: () => chosenContextName(choice),
  };
  return name[section]();
}

/** Returns the effective entry, with flags applied; undefined if a flag names one that does not exist. */
export function chosenEntry({ choice }: ExplainInputs, section: EntrySection): object | undefined {
  const choose = { clusters: chosenCluster, users: chosenAuthInfo, contexts: chosenContext }[section];
  try {
    return choose(choice);
  } catch {
    return undefined;
  }
}
