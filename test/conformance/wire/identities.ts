import type { Authority, Identity, Wanted } from "../../support/certificates.ts";
import { createAuthority } from "../../support/certificates.ts";

const hosts = ["127.0.0.1", "localhost", "api.test"];

/** The owners of certificates. Those of `other` come from an authority that is only trusted explicitly. */
const wanted = {
  api: { commonName: "api", hosts, usage: "server" },
  named: { commonName: "named", hosts: ["named.test", "*.wild.test"], usage: "server" },
  international: { commonName: "international", hosts: ["xn--bcher-kva.test"], usage: "server" },
  rsa: { commonName: "rsa", hosts, usage: "server", rsa: true },
  nameless: { commonName: "127.0.0.1", usage: "server" },
  expired: {
    commonName: "expired",
    hosts,
    usage: "server",
    notBefore: new Date("2020-01-01T00:00:00Z"),
    notAfter: new Date("2021-01-01T00:00:00Z"),
  },
  early: {
    commonName: "early",
    hosts,
    usage: "server",
    notBefore: new Date("2090-01-01T00:00:00Z"),
    notAfter: new Date("2091-01-01T00:00:00Z"),
  },
  clientOnly: { commonName: "client only", hosts, usage: "client" },
  other: { commonName: "other", hosts, usage: "server" },
  jane: { commonName: "jane", organizations: ["dev"], usage: "client" },
  john: { commonName: "john", usage: "client" },
} as const satisfies Readonly<Record<string, Wanted>>;

export type IdentityName = keyof typeof wanted;

/** The certificates of one run. */
export interface Identities {
  readonly ca: string;
  readonly otherCa: string;
  readonly of: (name: IdentityName) => Identity;
  /** PEM by the name of the file in `$ROOT/pki`. */
  readonly files: Readonly<Record<string, string>>;
}

export async function createIdentities(): Promise<Identities> {
  const [authority, stranger] = [await createAuthority("kcfg test CA"), await createAuthority("another CA")];
  // With the same name, as before a renewal.
  const former = await createAuthority("kcfg test CA");
  const issued = new Map<string, Identity>();
  for (const [name, each] of Object.entries(wanted)) {
    issued.set(name, await issuer(name, authority, stranger).issue(each));
  }
  const of = (name: IdentityName): Identity => {
    const identity = issued.get(name);
    if (identity === undefined) {
      throw new Error(`nobody is called ${name}`);
    }
    return identity;
  };
  const [jane, john] = [of("jane"), of("john")];
  return {
    ca: authority.certificate,
    otherCa: stranger.certificate,
    of,
    files: {
      "ca.crt": authority.certificate,
      "other-ca.crt": stranger.certificate,
      "both-ca.crt": `${stranger.certificate}\n${authority.certificate}\n`,
      "renewed-ca.crt": `${former.certificate}\n${authority.certificate}\n`,
      "former-ca.crt": former.certificate,
      "jane.crt": jane.certificate,
      "jane.key": jane.key,
      "john.crt": john.certificate,
      "john.key": john.key,
    },
  };
}

function issuer(name: string, authority: Authority, stranger: Authority): Authority {
  return name === "other" ? stranger : authority;
}
