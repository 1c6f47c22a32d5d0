import { filepathFor } from "../go/filepath.ts";
import type { Host } from "../host/host.ts";
import { statIfPossible } from "./file-system.ts";

/** The bit that lets a file's owner write. */
const OWNER_WRITE = 0o200;

/**
 * Returns the user's home directory by client-go's rules (`util/homedir`); `""` when the environment names none.
 *
 * Everywhere but on Windows it is `HOME`. On Windows, of `HOME`, `HOMEDRIVE`+`HOMEPATH` and `USERPROFILE`: the first
 * that holds `.kube\config`; else (now `USERPROFILE` before `HOMEDRIVE`+`HOMEPATH`) the first writable directory, the
 * first that exists, the first that is set.
 */
export function homeDir(host: Host): string {
  const { env, platform } = host;
  const home = env["HOME"] ?? "";
  if (platform !== "win32") {
    return home;
  }
  const drive = env["HOMEDRIVE"] ?? "";
  const drivePath = env["HOMEPATH"] ?? "";
  const homeDrivePath = drive !== "" && drivePath !== "" ? drive + drivePath : "";
  const userProfile = env["USERPROFILE"] ?? "";
  const filepath = filepathFor(host);

  const withConfig = setOnes(home, homeDrivePath, userProfile).find(
    (path) => statIfPossible(host, filepath.join(path, ".kube", "config")) !== undefined,
  );
  if (withConfig !== undefined) {
    return withConfig;
  }

  const candidates = setOnes(home, userProfile, homeDrivePath).map((path) => ({
    path,
    stat: statIfPossible(host, path),
  }));
  const writable = candidates.find(
    ({ stat }) => stat?.isDirectory === true && (stat.mode & OWNER_WRITE) !== 0,
  );
  const existing = candidates.find(({ stat }) => stat !== undefined);
  return (writable ?? existing ?? candidates[0])?.path ?? "";
}

function setOnes(...paths: readonly string[]): readonly string[] {
  return paths.filter((path) => path !== "");
}
