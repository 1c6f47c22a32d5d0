import type { ExecInteractiveMode } from "./exec.ts";

/** The API group of credential plugins. */
export const EXEC_GROUP = "client.authentication.k8s.io";

/** Describes a version of the group. */
interface ExecVersion {
  /** Whether plugins that speak it can be run. */
  readonly isSupported: boolean;
  /** The `interactiveMode` of a plugin that has none; `""` if it must have one. client-go's `SetDefaults_ExecConfig`. */
  readonly interactiveMode: ExecInteractiveMode;
}

/** The versions that client-go has known. v1alpha1 cannot be run since Kubernetes 1.24. */
const VERSIONS: Readonly<Record<string, ExecVersion>> = {
  v1: { isSupported: true, interactiveMode: "" },
  v1beta1: { isSupported: true, interactiveMode: "IfAvailable" },
  v1alpha1: { isSupported: false, interactiveMode: "IfAvailable" },
};

/** The `apiVersion`s of plugins that can be run, newest first. */
export const SUPPORTED_API_VERSIONS: readonly string[] = Object.keys(VERSIONS)
  .filter(isSupportedExecVersion)
  .map((version) => `${EXEC_GROUP}/${version}`);

/** Reports whether plugins that speak this version of the group, such as `v1`, can be run. */
export function isSupportedExecVersion(version: string): boolean {
  return Object.hasOwn(VERSIONS, version) && VERSIONS[version]?.isSupported === true;
}

/** Reports whether plugins of this `apiVersion` can be run. */
export function isSupportedApiVersion(apiVersion: string): boolean {
  return SUPPORTED_API_VERSIONS.includes(apiVersion);
}

/** Returns the `interactiveMode` of a plugin that has none; `""` where there is no default. */
export function defaultInteractiveMode(apiVersion: string): ExecInteractiveMode {
  const [group, version = ""] = apiVersion.split("/", 2);
  const isKnown =
    group === EXEC_GROUP && apiVersion === `${group}/${version}` && Object.hasOwn(VERSIONS, version);
  return isKnown ? (VERSIONS[version]?.interactiveMode ?? "") : "";
}

const INTERACTIVE_MODES: ReadonlySet<string> = new Set(["IfAvailable", "Never", "Always"]);

/** Reports whether this is a valid `interactiveMode`: when a plugin may be given standard input. */
export function isInteractiveMode(mode: string): mode is ExecInteractiveMode {
  return INTERACTIVE_MODES.has(mode);
}
