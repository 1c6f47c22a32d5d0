import * as tls from "node:tls";
import type { Host } from "../host/host.ts";
import { withOpenFile } from "../loading/file-system.ts";
import { CREDENTIAL_LIMIT } from "../loading/size-limits.ts";
import { decodePem, encodePem } from "../go/pem.ts";

/** Where Linux distributions keep their authorities; the first that can be read counts. Go's `certFiles`. */
const FILES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];
/** Read besides. Go's `certDirectories`. */
const FOLDERS = ["/etc/ssl/certs", "/etc/pki/tls/certs"];

/** What was found on a machine, which Go also looks for only once in a process. */
const found = new WeakMap<Host, { readonly roots: readonly string[] | undefined }>();

/**
 * Returns the authorities that the system trusts, each PEM; undefined to trust those that come with Node.
 *
 * On Linux and the like these are the files that Go's `crypto/x509` reads, `SSL_CERT_FILE` and `SSL_CERT_DIR` included.
 * On Windows and macOS Node is asked, which can tell since 22.15. Where nothing is found, Node's own are used, which
 * kubectl does not have; but not if `SSL_CERT_FILE` or `SSL_CERT_DIR` is set. Those of the file that
 * `NODE_EXTRA_CA_CERTS` names are trusted too, as by the rest of a Node program. They are read once for a host.
 */
export function systemRoots(host: Host): readonly string[] | undefined {
  const known = found.get(host) ?? { roots: readSystemRoots(host) };
  found.set(host, known);
  return known.roots;
}

function readSystemRoots(host: Host): readonly string[] | undefined {
  const roots = host.platform === "win32" || host.platform === "darwin" ? askNode() : readRootFiles(host);
  const extra = host.env["NODE_EXTRA_CA_CERTS"] ?? "";
  // Node adds them to its own by itself.
  return roots === undefined || extra === ""
    ? roots
    : [...new Set([...roots, ...certificatesOf(readIfPossible(host, extra) ?? new Uint8Array())])];
}

/** Go's `loadSystemRoots` for Unix. */
function readRootFiles(host: Host): readonly string[] | undefined {
  const file = host.env["SSL_CERT_FILE"] ?? "";
  const folder = host.env["SSL_CERT_DIR"] ?? "";
  const bundle = (file === "" ? FILES : [file])
    .map((path) => readIfPossible(host, path))
    .find((data) => data);
  // The usual folder of links holds what the bundle holds: reading some hundred files again would gain nothing.
  const folders = folder !== "" ? folder.split(":") : bundle === undefined ? FOLDERS : [];
  const data = [
    ...(bundle === undefined ? [] : [bundle]),
    ...folders.flatMap((path) =>
      listIfPossible(host, path).flatMap((name) => readRegular(host, `${path}/${name}`) ?? []),
    ),
  ];
  const roots = new Set(data.flatMap((pem) => certificatesOf(pem)));
  return roots.size === 0 && file === "" && folder === "" ? undefined : [...roots];
}

function certificatesOf(pem: Uint8Array): readonly string[] {
  return decodePem(pem)
    .blocks.filter(({ type, hasHeaders }) => type === "CERTIFICATE" && !hasHeaders)
    .map(({ bytes }) => encodePem("CERTIFICATE", bytes));
}

/** What `node:tls` has since Node 22.15. */
interface TellingTls {
  readonly getCACertificates: (type: "system") => readonly string[];
}

function askNode(): readonly string[] | undefined {
  const node: object = tls;
  const roots = "getCACertificates" in node ? (node as TellingTls).getCACertificates("system") : [];
  return roots.length === 0 ? undefined : roots;
}

function readIfPossible(host: Host, path: string): Uint8Array | undefined {
  try {
    return host.fs.readFile(path, CREDENTIAL_LIMIT);
  } catch {
    return undefined;
  }
}

/** What stands in a folder may be anything. */
function readRegular(host: Host, path: string): Uint8Array | undefined {
  try {
    return withOpenFile(host, path, { follow: true }, (file) =>
      file.stat().kind === "file" ? file.read(CREDENTIAL_LIMIT) : undefined,
    );
  } catch {
    return undefined;
  }
}

function listIfPossible(host: Host, path: string): readonly string[] {
  try {
    return host.fs.list(path);
  } catch {
    return [];
  }
}
