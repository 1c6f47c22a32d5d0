import { CommanderError } from "commander";
import type { Config } from "../../api/config.ts";
import { compareGoStrings } from "../../go/order.ts";
import type { Host } from "../../host/host.ts";
import { EXIT_LEFT } from "../exit-code.ts";
import type { IOStreams } from "../io-streams.ts";
import { pick } from "./pick.ts";
import type { PickerItem } from "./state.ts";

export { canPick } from "./pick.ts";

/**
 * Lets the user pick one of the contexts.
 *
 * @param filter - what the list is filtered by at first
 * @returns its name
 * @throws Error if there is none
 * @throws CommanderError with exit code 130 if the user cancels
 */
export async function pickContext(
  host: Host,
  streams: IOStreams,
  config: Config,
  filter = "",
): Promise<string> {
  if (config.contexts.size === 0) {
    throw new Error("no contexts found");
  }
  const names = [...config.contexts.keys()].toSorted(compareGoStrings);
  const items = names.map((name) => {
    const { cluster = "", authInfo = "", namespace = "" } = config.contexts.get(name) ?? {};
    return { name, details: [cluster, authInfo, namespace] };
  });
  const picked = await pick(host, streams, {
    title: "Switch to context",
    noun: "contexts",
    headers: ["NAME", "CLUSTER", "AUTHINFO", "NAMESPACE"],
    items,
    current: names.indexOf(config.currentContext),
    filter,
  });
  return pickedName(picked);
}

/**
 * Returns the name of what was picked.
 *
 * @throws CommanderError with exit code 130 if the user cancelled
 */
export function pickedName(picked: PickerItem | undefined): string {
  if (picked === undefined) {
    throw new CommanderError(EXIT_LEFT, "kcfg.pick", "nothing was picked");
  }
  return picked.name;
}
