import type { AuthInfo } from "../api/auth-info.ts";
import type { Cluster } from "../api/cluster.ts";
import type { NamedFileFacts, FilePlaces } from "./file-places.ts";
import type { Hazard, HazardCode } from "./hazard.ts";
import { quoteShort } from "./quote-short.ts";

/** What must be known about the files that entries name. */
export interface FileHazardFacts {
  readonly files: NamedFileFacts;
  readonly places: FilePlaces;
  /**
   * Returns the folder that an entry's paths are relative to, absolute; undefined for an entry that was not read from a
   * file.
   */
  folderOf(locationOfOrigin: string): string | undefined;
}

/** Yields the hazard of a cluster's CA file, if it is not the kubeconfig's own. */
export function* clusterFileHazards(
  name: string,
  { certificateAuthority: path, locationOfOrigin }: Cluster,
  facts: FileHazardFacts,
): Generator<Hazard> {
  yield* ownershipHazards(
    { kind: "cluster", name, field: ["certificate-authority"], path },
    "reads",
    facts.folderOf(locationOfOrigin),
    facts,
  );
}

/**
 * Yields the hazards of a user's files: one whose content is sent as a token, and those of a certificate and its key.
 *
 * @param user - with paths as they are looked up
 * @param servers - the addresses that the token would be sent to, redacted
 */
export function* userFileHazards(
  name: string,
  user: AuthInfo,
  servers: readonly string[],
  facts: FileHazardFacts,
): Generator<Hazard> {
  const folder = facts.folderOf(user.locationOfOrigin);
  const about = { kind: "user", name } as const;
  const { tokenFile } = user;
  if (tokenFile !== "") {
    const isOwn = folder !== undefined && facts.places.isOwn(tokenFile, folder);
    const place = isOwn ? "" : ", a file outside the kubeconfig's folder,";
    yield {
      ...about,
      code: isOwn ? "token-file" : "token-file-outside",
      field: ["tokenFile"],
      path: tokenFile,
      detail: `sends the content of ${quoteShort(tokenFile)}${place} to ${describeServers(servers)}`,
    };
    yield* irregular({ ...about, field: ["tokenFile"], path: tokenFile }, facts);
  }
  for (const [field, path] of [
    ["client-certificate", user.clientCertificate],
    ["client-key", user.clientKey],
  ] as const) {
    yield* ownershipHazards({ ...about, field: [field], path }, "identifies you with", folder, facts);
  }
  const { authProvider } = user;
  // Clients do not resolve these paths against the kubeconfig's folder.
  for (const [key, path] of authProvider?.config ?? []) {
    if (FILE_SETTING.test(key) && path !== "") {
      yield* ownershipHazards({ ...about, field: ["auth-provider"], path }, "reads", folder, facts);
    }
  }
}

const FILE_SETTING = /^idp-certificate-authority$|-file$|-path$(?<!^cmd-path)/;

type Named = Pick<Hazard, "kind" | "name" | "field"> & { readonly path: string };

function* ownershipHazards(
  named: Named,
  verb: string,
  folder: string | undefined,
  facts: FileHazardFacts,
): Generator<Hazard> {
  const { path } = named;
  if (path === "") {
    return;
  }
  if (folder === undefined || !facts.places.isOwn(path, folder)) {
    const detail = `${verb} ${quoteShort(path)}, a file outside the kubeconfig's folder`;
    yield { ...named, code: "file-outside", detail };
  }
  yield* irregular(named, facts);
}

/** Yields a hazard for a file that is not regular: it may have no end, or have effects when it is read. */
function* irregular(named: Named, { files }: FileHazardFacts): Generator<Hazard> {
  const { path } = named;
  const code: HazardCode = "irregular-file";
  if (files.isRegular(path) === false) {
    yield { ...named, code, detail: `reads ${quoteShort(path)}, which is no regular file` };
  }
}

function describeServers(servers: readonly string[]): string {
  const more = servers.length - MOST_SERVERS;
  const shown = servers.slice(0, MOST_SERVERS).map((server) => quoteShort(server));
  return servers.length === 0
    ? "the server that it is used with"
    : `${shown.join(", ")}${more > 0 ? ` and ${more} more servers` : ""}`;
}

const MOST_SERVERS = 3;
