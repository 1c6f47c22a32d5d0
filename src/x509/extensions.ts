import { GoUrlError } from "../go/url-escape.ts";
import { parseGoUrl } from "../go/url.ts";
import { goQuote } from "../go/quote.ts";
import {
  distributionPoints,
  policies,
  policyMappings,
  policyConstraints,
  inhibitAnyPolicy,
  subjectKeyId,
  authorityKeyId,
  authorityInfoAccess,
} from "./checked-extensions.ts";
import type { BitString } from "./der.ts";
import { constructedTag, contextTag, DerReader, hasBit, TAG } from "./der.ts";
import { required, X509Error } from "./x509-error.ts";

/** The extensions of a certificate, as far as a client needs them. */
export interface Extensions {
  /** Whether there is a list of alternative names, be it empty. */
  readonly hasAlternativeNames: boolean;
  readonly dnsNames: readonly string[];
  /** 4 or 16 bytes each. */
  readonly ipAddresses: readonly Uint8Array[];
  /** Undefined if the extension is missing. */
  readonly basicConstraints: BasicConstraints | undefined;
  readonly keyUsage: BitString | undefined;
  /** Object identifiers; none if the extension is missing. */
  readonly extendedKeyUsages: readonly string[];
  readonly hasNameConstraints: boolean;
  /** The object identifiers of critical extensions that Go does not handle. */
  readonly unhandledCritical: readonly string[];
}

export interface BasicConstraints {
  readonly isAuthority: boolean;
  /** How many certificates may be between it and the last; undefined for any number. */
  readonly maxPathLength: number | undefined;
}

export const NO_EXTENSIONS: Extensions = {
  hasAlternativeNames: false,
  dnsNames: [],
  ipAddresses: [],
  basicConstraints: undefined,
  keyUsage: undefined,
  extendedKeyUsages: [],
  hasNameConstraints: false,
  unhandledCritical: [],
};

/** Reports whether the key may sign certificates: no usage is given, or the sixth bit is set. */
export function maySignCertificates({ keyUsage }: Extensions): boolean {
  return (
    keyUsage === undefined ||
    ![0, 1, 2, 3, 4, 5, 6, 7, 8].some((at) => hasBit(keyUsage, at)) ||
    hasBit(keyUsage, 5)
  );
}

export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/**
 * Reads an extension without its meaning.
 *
 * @throws X509Error
 */
export function readExtension(reader: DerReader): Extension {
  const oid = required(reader.oid(), "malformed extension OID field");
  const critical =
    reader.peek() === TAG.boolean ? required(reader.boolean(), "malformed extension critical field") : false;
  return {
    oid,
    critical,
    value: required(reader.content(TAG.octetString), "malformed extension value field"),
  };
}

/**
 * Adds the fields of an extension. Go's `x509.processExtensions`.
 *
 * @throws X509Error
 */
export function withExtension(known: Extensions, extension: Extension): Extensions {
  const read = READERS.get(extension.oid)?.(extension, new DerReader(extension.value)) ?? "unhandled";
  if (read !== "unhandled") {
    return { ...known, ...read };
  }
  return {
    ...known,
    ...(extension.oid === SUBJECT_ALTERNATIVE_NAME && { hasAlternativeNames: true }),
    ...(extension.critical && { unhandledCritical: [...known.unhandledCritical, extension.oid] }),
  };
}

const SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";

type Read = (extension: Extension, reader: DerReader) => Partial<Extensions> | "unhandled";

const READERS: ReadonlyMap<string, Read> = new Map<string, Read>([
  ["2.5.29.14", onlyChecked(subjectKeyId)],
  ["2.5.29.15", (_, reader) => ({ keyUsage: required(reader.bitString(), "invalid key usage") })],
  [SUBJECT_ALTERNATIVE_NAME, (_, reader) => alternativeNames(reader)],
  ["2.5.29.19", (_, reader) => ({ basicConstraints: basicConstraints(reader) })],
  ["2.5.29.30", (_, reader) => nameConstraints(reader)],
  ["2.5.29.31", onlyChecked(distributionPoints)],
  ["2.5.29.32", onlyChecked(policies)],
  ["2.5.29.33", onlyChecked(policyMappings)],
  ["2.5.29.35", onlyChecked(authorityKeyId)],
  ["2.5.29.36", onlyChecked(policyConstraints)],
  ["2.5.29.37", (_, reader) => ({ extendedKeyUsages: extendedKeyUsages(reader) })],
  ["2.5.29.54", onlyChecked(inhibitAnyPolicy)],
  ["1.3.6.1.5.5.7.1.1", onlyChecked(authorityInfoAccess)],
]);

/** Makes a reader from a check, for an extension that a client does not use. */
function onlyChecked(check: (reader: DerReader, extension: Extension) => void): Read {
  return (extension, reader) => {
    check(reader, extension);
    return {};
  };
}

const EMAIL = contextTag(1);
const DNS = contextTag(2);
const URI = contextTag(6);
const IP = contextTag(7);

function alternativeNames(reader: DerReader): Partial<Extensions> | "unhandled" {
  const names = required(reader.nested(TAG.sequence), "invalid subject alternative names");
  const dnsNames: string[] = [];
  const ipAddresses: Uint8Array[] = [];
  let others = 0;
  while (!names.isEmpty) {
    const { tag, content } = required(names.any(), "invalid subject alternative name");
    switch (tag) {
      case EMAIL:
        ascii(content, "SAN rfc822Name is malformed");
        others++;
        break;
      case DNS:
        dnsNames.push(ascii(content, "SAN dNSName is malformed"));
        break;
      case URI:
        checkUri(ascii(content, "SAN uniformResourceIdentifier is malformed"));
        others++;
        break;
      case IP:
        ipAddresses.push(checkedAddress(content));
        break;
      default:
    }
  }
  return dnsNames.length + ipAddresses.length + others === 0
    ? "unhandled"
    : { hasAlternativeNames: true, dnsNames, ipAddresses };
}

function checkUri(text: string): void {
  let host: string;
  try {
    ({ host } = parseGoUrl(text));
  } catch (error) {
    throw error instanceof GoUrlError
      ? new X509Error(`x509: cannot parse URI ${goQuote(text)}: parse ${goQuote(text)}: ${error.message}`)
      : error;
  }
  if (host !== "" && !isDomainName(host, false)) {
    throw new X509Error(`x509: cannot parse URI ${goQuote(text)}: invalid domain`);
  }
}

function checkedAddress(address: Uint8Array): Uint8Array {
  if (address.length !== 4 && address.length !== 16) {
    throw new X509Error(`x509: cannot parse IP address of length ${address.length}`);
  }
  return address;
}

function basicConstraints(reader: DerReader): BasicConstraints {
  const words = "invalid basic constraints";
  const fields = required(reader.nested(TAG.sequence), words);
  const isAuthority = fields.peek() === TAG.boolean ? required(fields.boolean(), words) : false;
  if (fields.peek() !== TAG.integer) {
    return { isAuthority, maxPathLength: undefined };
  }
  const length = required(fields.integer(), words);
  if (length < 0n || length > 2n ** 63n - 1n) {
    throw new X509Error(`x509: ${words}`);
  }
  return { isAuthority, maxPathLength: Number(length) };
}

function extendedKeyUsages(reader: DerReader): readonly string[] {
  const words = "invalid extended key usages";
  const list = required(reader.nested(TAG.sequence), words);
  const usages: string[] = [];
  while (!list.isEmpty) {
    usages.push(required(list.oid(), words));
  }
  return usages;
}

function nameConstraints(reader: DerReader): Partial<Extensions> | "unhandled" {
  const words = "invalid NameConstraints extension";
  const fields = required(reader.nested(TAG.sequence), words);
  const trees = [0, 1].map((number) =>
    fields.peek() === constructedTag(number)
      ? required(fields.nested(constructedTag(number)), words)
      : undefined,
  );
  if (!reader.isEmpty || !fields.isEmpty) {
    throw new X509Error(`x509: ${words}`);
  }
  const present = trees.filter((tree) => tree !== undefined);
  if (present.length === 0) {
    throw new X509Error("x509: empty name constraints extension");
  }
  if (present.some((tree) => tree.isEmpty)) {
    throw new X509Error("x509: empty name constraints subtree sequence");
  }
  const areHandled = present.map((tree) => checkSubtrees(tree, words)).every(Boolean);
  return areHandled ? { hasNameConstraints: true } : "unhandled";
}

/** Reports whether Go can compare all names of the subtrees. */
function checkSubtrees(trees: DerReader, words: string): boolean {
  let areHandled = true;
  while (!trees.isEmpty) {
    const { tag, content } = required(trees.nested(TAG.sequence)?.any(), words);
    switch (tag) {
      case DNS:
        checkDomain(content, "dnsName");
        break;
      case EMAIL:
        if (!content.includes(0x40)) {
          checkDomain(content, "rfc822Name");
        }
        break;
      case URI:
        checkDomain(content, "URI");
        break;
      case IP:
        checkRange(content);
        break;
      default:
        areHandled = false;
    }
  }
  return areHandled;
}

function checkDomain(content: Uint8Array, kind: string): void {
  const domain = ascii(content, "invalid constraint value");
  if (!isDomainName(domain, true)) {
    throw new X509Error(`x509: failed to parse ${kind} constraint ${goQuote(domain)}`);
  }
}

function checkRange(range: Uint8Array): void {
  if (range.length !== 8 && range.length !== 32) {
    throw new X509Error(`x509: IP constraint contained value of length ${range.length}`);
  }
  const mask = Buffer.from(range.subarray(range.length / 2));
  if (!/^1*0*$/.test([...mask].map((byte) => byte.toString(2).padStart(8, "0")).join(""))) {
    throw new X509Error(`x509: IP constraint contained invalid mask ${mask.toString("hex")}`);
  }
}

/** Implements Go's `domainNameValid`. */
function isDomainName(name: string, isConstraint: boolean): boolean {
  if (name === "") {
    return true;
  }
  const bare = isConstraint && name.startsWith(".") ? name.slice(1) : name;
  return /^[!-~]*$/.test(bare) && bare.split(".").every((label) => label !== "");
}

function ascii(content: Uint8Array, words: string): string {
  if (content.some((byte) => byte > 0x7f)) {
    throw new X509Error(`x509: ${words}`);
  }
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString("latin1");
}
