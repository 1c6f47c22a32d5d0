import type { Host } from "../host/host.ts";
import { VERSION } from "../package-version.ts";

/** Go's names of systems where they differ from Node's. */
const SYSTEMS: Readonly<Record<string, string>> = { win32: "windows", sunos: "solaris" };
const PROCESSORS: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/** Returns the default user agent: `kcfg/1.2.3 (linux/amd64)`. */
export function defaultUserAgent(host: Pick<Host, "platform" | "arch">): string {
  return `kcfg/${VERSION} (${goPlatform(host)})`;
}

/** Returns the system and the processor by Go's names: `linux/amd64`. */
export function goPlatform({ platform, arch }: Pick<Host, "platform" | "arch">): string {
  return `${SYSTEMS[platform] ?? platform}/${PROCESSORS[arch] ?? arch}`;
}
