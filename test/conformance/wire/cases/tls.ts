import type { IdentityName } from "../identities.ts";
import type { WireCase } from "../wire-case.ts";
import { wire } from "./build.ts";

const as = (identity: IdentityName) => ({ servers: { server: { identity } } }) as const;
const ca = "certificate-authority";
const noCa = { [`${ca}-data`]: null };
const insecure = { ...noCa, "insecure-skip-tls-verify": true };

/** Whom a client trusts, and by what name it calls the server. */
export const tls: readonly WireCase[] = [
  wire("a server is trusted by authority data", {}),
  wire("a server is trusted by an authority file", { cluster: { ...noCa, [ca]: "$ROOT/pki/ca.crt" } }),
  wire("a relative authority file stands beside its kubeconfig", {
    cluster: { ...noCa, [ca]: "pki/ca.crt" },
  }),
  wire("authority data and an authority file exclude each other", {
    cluster: { [ca]: "$ROOT/pki/other-ca.crt" },
  }),
  wire("authority data and an authority file that is missing are both faults", {
    cluster: { [ca]: "$ROOT/nope" },
  }),
  wire("an authority file that is missing is refused", { cluster: { ...noCa, [ca]: "$ROOT/nope" } }),
  wire("an authority file that is a folder is refused", { cluster: { ...noCa, [ca]: "$ROOT/pki" } }),
  wire("several authorities are trusted", { cluster: { ...noCa, [ca]: "$ROOT/pki/both-ca.crt" } }),
  wire("several authorities in data are trusted", { cluster: { [`${ca}-data`]: "@{both-ca.crt}" } }),
  wire("an empty authority file is refused", { cluster: { ...noCa, [ca]: "$ROOT/e" }, files: { e: "" } }),
  wire("authority data without a certificate is refused", { cluster: { [`${ca}-data`]: "bm9uZQ==" } }),
  wire("a key for an authority is refused", { cluster: { [`${ca}-data`]: "@{jane.key}" } }),
  wire("a server that no system authority knows is not trusted", { cluster: noCa }),
  wire("a server of another authority is not trusted", as("other")),
  wire("an expired server is not trusted", as("expired")),
  wire("a server before its time is not trusted", as("early")),
  wire("a server with the certificate of a client is not trusted", as("clientOnly")),
  wire("a server by another name is not trusted", as("named")),
  wire("a server whose certificate has a common name alone is not trusted", as("nameless")),
  wire("an insecure client trusts any server", { ...as("other"), cluster: insecure }),
  wire("an insecure client trusts an expired server", { ...as("expired"), cluster: insecure }),
  wire("an insecure client sends its token", { ...as("other"), cluster: insecure, user: { token: "abc" } }),
  wire("insecure does not go with authority data", { cluster: { "insecure-skip-tls-verify": true } }),
  wire("insecure does not go with an authority file", {
    cluster: { ...insecure, [ca]: "$ROOT/pki/ca.crt" },
  }),
  wire("tls-server-name is called and checked", {
    ...as("named"),
    cluster: { "tls-server-name": "named.test" },
  }),
  wire("tls-server-name that the certificate has not is refused", {
    cluster: { "tls-server-name": "named.test" },
  }),
  wire("tls-server-name may match a wildcard", {
    ...as("named"),
    cluster: { "tls-server-name": "a.wild.test" },
  }),
  wire("tls-server-name may not match a wildcard two levels down", {
    ...as("named"),
    cluster: { "tls-server-name": "a.b.wild.test" },
  }),
  wire("tls-server-name in capitals is called as it is", {
    ...as("named"),
    cluster: { "tls-server-name": "NAMED.test" },
  }),
  wire("tls-server-name that is an address is not called", { cluster: { "tls-server-name": "127.0.0.1" } }),
  wire("tls-server-name is called by an insecure client too", {
    ...as("other"),
    cluster: { ...insecure, "tls-server-name": "named.test" },
  }),
  wire("a server by its name is called by it", { cluster: { server: "https://localhost:@{server.port}" } }),
  wire("--tls-server-name goes before the file", {
    ...as("named"),
    cluster: { "tls-server-name": "nope.test" },
    flags: ["--tls-server-name=named.test"],
  }),
  wire("--tls-server-name is kept with --server", {
    ...as("named"),
    flags: ["--server=@{server}", "--tls-server-name=named.test"],
  }),
  wire("--server drops the tls-server-name of the file", {
    cluster: { "tls-server-name": "named.test" },
    flags: ["--server=@{server}"],
  }),
  wire("--insecure-skip-tls-verify drops the authority of the file", {
    ...as("other"),
    flags: ["--insecure-skip-tls-verify"],
  }),
  wire("--insecure-skip-tls-verify=false keeps the file's", {
    ...as("other"),
    cluster: insecure,
    flags: ["--insecure-skip-tls-verify=false"],
  }),
  wire("--insecure-skip-tls-verify does not go with --certificate-authority", {
    flags: ["--insecure-skip-tls-verify", "--certificate-authority=$ROOT/pki/ca.crt"],
  }),
  wire("--certificate-authority goes before the file's", {
    cluster: noCa,
    flags: ["--certificate-authority=$ROOT/pki/ca.crt"],
  }),
  wire("--certificate-authority goes before the file's data", {
    ...as("other"),
    flags: ["--certificate-authority=$ROOT/pki/other-ca.crt"],
  }),
  wire("--client-certificate and --client-key are shown", {
    flags: ["--client-certificate=$ROOT/pki/jane.crt", "--client-key=$ROOT/pki/jane.key"],
  }),
  wire("--client-certificate alone is refused", { flags: ["--client-certificate=$ROOT/pki/jane.crt"] }),
  wire("a plain server that is spoken to in TLS is no TLS server", {
    servers: { server: { plain: true } },
    cluster: { server: "https://127.0.0.1:@{server.port}" },
  }),
  wire("a TLS server that is spoken to in plain HTTP says so", {
    cluster: { server: "http://127.0.0.1:@{server.port}" },
  }),
  wire("HTTP/2 is spoken with a server that offers it", {
    servers: { server: { http2: true } },
    user: { token: "abc" },
  }),
  wire("HTTP/2 is not spoken with a plain server", { servers: { server: { plain: true } } }),
];
