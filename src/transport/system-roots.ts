import * as tls from "node:tls";
import type { Host } from "../host/host.ts";
import { withOpenFile } from "../loading/file-system.ts";
import { CREDENTIAL_LIMIT } from "../loading/size-limits.ts";
import { decodePem, encodePem } from "../go/pem.ts";

/** The CA files of Linux distributions; the first that can be read is used. Go's `certFiles`. */
const FILES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];
/** Folders that are read in addition. Go's `certDirectories`. */
const FOLDERS = ["/etc/ssl/certs", "/etc/pki/tls/certs"];

/** The authorities found on a machine; Go also looks for them only once in a process. */
const found = new WeakMap<Host, { readonly roots: readonly string[] | undefined }>();

/**
 * Returns the authorities that the system trusts, each PEM; undefined to trust those that Node ships.
 *
 * On Linux and the like these are the files that Go's `crypto/x509` reads, `SSL_CERT_FILE` and `SSL_CERT_DIR` included.
 * On Windows and macOS they come from Node 22.15 or later. If none are found, Node's own are used, which kubectl does not
 * have; but not if `SSL_CERT_FILE` or `SSL_CERT_DIR` is set. Those in the file of `NODE_EXTRA_CA_CERTS` are trusted too,
 * as in the rest of a Node program. They are read once per host.
 */
export function systemRoots(host: Host): readonly string[] | undefined {
  const known = found.get(host) ?? { roots: readSystemRoots(host) };
  found.set(host, known);
  return known.roots;
}

function readSystemRoots(host: Host): readonly string[] | undefined {
  const roots = host.platform === "win32" || host.platform === "darwin" ? askNode() : readRootFiles(host);
  const extra = host.env["NODE_EXTRA_CA_CERTS"] ?? "";
  // Node adds these to its own list itself.
  return roots === undefined || extra === ""
    ? roots
    : [...new Set([...roots, ...certificatesOf(readIfPossible(host, extra) ?? new Uint8Array())])];
}

/** Reads the CA files and folders. Go's `loadSystemRoots` for Unix. */
function readRootFiles(host: Host): readonly string[] | undefined {
  const file = host.env["SSL_CERT_FILE"] ?? "";
  const folder = host.env["SSL_CERT_DIR"] ?? "";
  const bundle = (file === "" ? FILES : [file])
    .map((path) => readIfPossible(host, path))
    .find((data) => data);
  // The default folder contains the certificates of the bundle: do not read hundreds of files again.
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

/** A part of `node:tls` since Node 22.15. */
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

/** Reads a regular file; undefined for anything else, since a folder may contain anything. */
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
