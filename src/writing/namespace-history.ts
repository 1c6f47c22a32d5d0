import { filepathFor } from "../go/filepath.ts";
import type { Host } from "../host/host.ts";
import { historyKey, realPathOf } from "./history-paths.ts";
import { readStateFile, stateFolder, writeStateFile } from "./state-folder.ts";

/** How many namespaces of a context are kept, and of how many contexts. */
const MOST_NAMESPACES = 20;
const MOST_CONTEXTS = 1000;

/** The largest stored file, in bytes. */
const LIMIT = 4 * 1024 * 1024;

const VERSION = 1;

/** The used namespaces of each context, the last one first. */
type UsedNamespaces = ReadonlyMap<string, readonly string[]>;

/** Returns the namespaces that were chosen for a context before, the last one first; none where that is not known. */
export function usedNamespaces(host: Host, file: string, context: string): readonly string[] {
  const { path: folder } = stateFolder(host, { create: false });
  return folder === undefined ? [] : (readUsed(host, pathIn(host, folder, file)).get(context) ?? []);
}

/**
 * Remembers the namespace that was chosen for a context, and the one before. Where that is not possible, nothing is
 * remembered: a choice must not fail for it.
 */
export function rememberNamespace(
  host: Host,
  file: string,
  context: string,
  { before, now }: { readonly before: string; readonly now: string },
): void {
  const { path: folder } = stateFolder(host, { create: true });
  if (folder === undefined) {
    return;
  }
  const path = pathIn(host, folder, file);
  const used = readUsed(host, path);
  const names = [...new Set([now, before, ...(used.get(context) ?? [])])];
  const contexts = [
    [context, names.filter((name) => name !== "").slice(0, MOST_NAMESPACES)] as const,
    ...[...used].filter(([name]) => name !== context),
  ].slice(0, MOST_CONTEXTS);
  try {
    const text = `${JSON.stringify({ version: VERSION, contexts }, undefined, 1)}\n`;
    writeStateFile(host, path, new TextEncoder().encode(text));
  } catch {
    // The namespace is in the kubeconfig.
  }
}

function pathIn(host: Host, folder: string, file: string): string {
  return filepathFor(host).join(folder, `${historyKey(realPathOf(host, file))}.namespaces`);
}

/** Reads the stored namespaces, and accepts nothing but the shape that {@link rememberNamespace} gives them. */
function readUsed(host: Host, path: string): UsedNamespaces {
  try {
    const data = readStateFile(host, path, LIMIT);
    const state = data === undefined ? undefined : (JSON.parse(new TextDecoder().decode(data)) as unknown);
    if (typeof state !== "object" || state === null || !("contexts" in state) || !("version" in state)) {
      return new Map();
    }
    const { version, contexts } = state;
    return version === VERSION && Array.isArray(contexts) && contexts.every(isContext)
      ? new Map(contexts)
      : new Map();
  } catch {
    return new Map();
  }
}

function isContext(value: unknown): value is readonly [string, readonly string[]] {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    typeof value[0] === "string" &&
    Array.isArray(value[1]) &&
    value[1].every((name) => typeof name === "string")
  );
}
