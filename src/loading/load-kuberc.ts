import type { Preference } from "../api/preference.ts";
import { filepathFor } from "../go/filepath.ts";
import type { KubercFile } from "../codec/kuberc/decode-kuberc.ts";
import { decodeKuberc, strictDecodingError } from "../codec/kuberc/decode-kuberc.ts";
import { ConfigReadError, isFileNotFound, KubercError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { readFile } from "./file-system.ts";
import { KUBERC_LIMIT } from "./size-limits.ts";
import { homeDir } from "./home-dir.ts";

/** The kuberc in effect. */
export interface KubercLocation {
  /** The file. */
  readonly file: string;
  /** Whether the user named it. Then it must exist and be usable; the default one need not. */
  readonly explicit: boolean;
}

/** The kuberc that kubectl would use. */
export interface LoadedKuberc {
  /** The file; undefined if the environment turns kuberc off. */
  readonly location: KubercLocation | undefined;
  /** Its content; undefined where kubectl goes on without one. */
  readonly preference: Preference | undefined;
  /** The warnings that kubectl prints while it loads the file, without trailing newlines. */
  readonly warnings: readonly string[];
  /** The documents of the file; undefined if it could not be read. */
  readonly content: KubercFile | undefined;
}

/** Returns the default kuberc: `~/.kube/kuberc`. */
export function defaultKubercFile(host: Host): string {
  return filepathFor(host).join(homeDir(host), ".kube", "kuberc");
}

/** Reports whether `KUBECTL_KUBERC=false` turns kuberc off. kubectl then has no flag `--kuberc` either. */
export function isKubercDisabled({ env }: Host): boolean {
  return env["KUBECTL_KUBERC"]?.toLowerCase() === "false";
}

/**
 * Finds the kuberc in effect: the explicit one, else that of `KUBERC`, else `~/.kube/kuberc`; undefined when
 * `KUBERC=off` or `KUBECTL_KUBERC=false` turns kuberc off. kubectl's `LoadKuberc`. As there, an explicit path that
 * equals the default one gives way to `KUBERC`.
 *
 * @param explicitFile - the value of `--kuberc`; `""` for none
 * @throws KubercError when kuberc is turned off by `KUBERC=off` and explicitly requested
 */
export function locateKuberc(host: Host, explicitFile: string): KubercLocation | undefined {
  const { env } = host;
  if (isKubercDisabled(host)) {
    return undefined;
  }
  const named = env["KUBERC"] ?? "";
  if (named === "off") {
    if (explicitFile !== "") {
      throw new KubercError(
        "kuberc error disabling kuberc via KUBERC=off and passing kuberc flag are mutually exclusive",
      );
    }
    return undefined;
  }
  const defaultFile = defaultKubercFile(host);
  const file = explicitFile === "" ? defaultFile : explicitFile;
  return file === defaultFile && named !== ""
    ? { file: named, explicit: true }
    : { file, explicit: explicitFile !== "" };
}

/**
 * Loads the kuberc that kubectl 1.36 would use, as the library's `loadKuberc` does.
 *
 * @param explicitFile - the value of `--kuberc`; `""` for none
 */
export function loadKuberc(host: Host, explicitFile: string): LoadedKuberc {
  const location = locateKuberc(host, explicitFile);
  return location === undefined
    ? { location, preference: undefined, warnings: [], content: undefined }
    : loadKubercAt(host, location);
}

/**
 * Loads a kuberc from a location, as {@link loadKuberc} does.
 *
 * @throws KubercError in kubectl's words, when the file is named explicitly and cannot be read or has no usable
 *   document
 */
export function loadKubercAt(host: Host, location: KubercLocation): LoadedKuberc {
  const { file, explicit } = location;
  const { content, fault } = readKuberc(host, file);
  if (fault !== undefined && explicit) {
    throw new KubercError(`kuberc error kuberc: ${fault.message}`, file, fault.cause);
  }
  if (fault !== undefined) {
    const isMissing = isFileNotFound(fault.cause);
    const warnings = isMissing ? [] : [`kuberc: no preferences loaded from ${file}: ${fault.message}`];
    return { location, preference: undefined, warnings, content };
  }
  const used = content?.used;
  const strict = used === undefined ? "" : strictDecodingError(used);
  return {
    location,
    preference: used?.preference,
    warnings: strict === "" ? [] : [`kuberc: ignoring strict decoding error in ${file}: ${strict}`],
    content,
  };
}

function readKuberc(
  host: Host,
  file: string,
): {
  readonly content: KubercFile | undefined;
  readonly fault: { readonly message: string; readonly cause: unknown } | undefined;
} {
  let data: Uint8Array;
  try {
    data = readFile(host, file, KUBERC_LIMIT);
  } catch (error) {
    if (error instanceof ConfigReadError) {
      return { content: undefined, fault: { message: error.message, cause: error } };
    }
    throw error;
  }
  const content = decodeKuberc(data);
  const { used, attempted, separatorError } = content;
  if (separatorError !== undefined) {
    return { content, fault: { message: separatorError.message, cause: separatorError } };
  }
  return used === undefined && attempted.length > 0
    ? {
        content,
        fault: {
          message: `no valid preferences found in ${file}, use --v=5 to see details`,
          cause: undefined,
        },
      }
    : { content, fault: undefined };
}
