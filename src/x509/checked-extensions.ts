import type { DerReader } from "./der.ts";
import { constructedTag, contextTag, TAG } from "./der.ts";
import { required, X509Error } from "./x509-error.ts";

// Extensions of which a client uses nothing, but which Go parses: a certificate with a malformed one is refused.

/** The fields that such an extension adds to what is known of a certificate: none. */
type NoFields = Readonly<Record<never, never>>;

interface Criticality {
  readonly critical: boolean;
}

const URI = contextTag(6);

export function distributionPoints(reader: DerReader): NoFields {
  const points = required(reader.nested(TAG.sequence), "invalid CRL distribution points");
  while (!points.isEmpty) {
    const words = "invalid CRL distribution point";
    const point = required(points.nested(TAG.sequence), words);
    if (point.peek() === constructedTag(0)) {
      const name = required(
        required(point.nested(constructedTag(0)), words).nested(constructedTag(0)),
        words,
      );
      while (name.peek() === URI) {
        required(name.any(), words);
      }
    }
  }
  return {};
}

export function policies(reader: DerReader): NoFields {
  const words = "invalid certificate policies";
  const list = required(reader.nested(TAG.sequence), words);
  const seen = new Set<string>();
  while (!list.isEmpty) {
    const content = required(list.nested(TAG.sequence)?.content(TAG.oid), words);
    const text = Buffer.from(content).toString("hex");
    if (seen.has(text) || content.length === 0 || (content.at(-1) ?? 0) >= 0x80) {
      throw new X509Error(`x509: ${words}`);
    }
    seen.add(text);
  }
  return {};
}

export function policyMappings(reader: DerReader): NoFields {
  const words = "invalid policy mappings extension";
  const list = required(reader.nested(TAG.sequence), words);
  while (!list.isEmpty) {
    const mapping = required(list.nested(TAG.sequence), words);
    required(mapping.content(TAG.oid), words);
    required(mapping.content(TAG.oid), words);
  }
  return {};
}

export function policyConstraints(reader: DerReader): NoFields {
  const words = "invalid policy constraints extension";
  const fields = required(reader.nested(TAG.sequence), words);
  for (const tag of [contextTag(0), contextTag(1)]) {
    if (fields.peek() === tag) {
      const { content } = required(fields.any(), words);
      required(content.length > 0 && content.length <= 8 ? content : undefined, words);
    }
  }
  return {};
}

export function inhibitAnyPolicy(reader: DerReader): NoFields {
  required(reader.integer(), "invalid inhibit any policy extension");
  return {};
}

export function subjectKeyId({ critical }: Criticality, reader: DerReader): NoFields {
  if (critical) {
    throw new X509Error("x509: subject key identifier incorrectly marked critical");
  }
  required(reader.content(TAG.octetString), "invalid subject key identifier");
  return {};
}

export function authorityKeyId({ critical }: Criticality, reader: DerReader): NoFields {
  if (critical) {
    throw new X509Error("x509: authority key identifier incorrectly marked critical");
  }
  const words = "invalid authority key identifier";
  const fields = required(reader.nested(TAG.sequence), words);
  if (fields.peek() === contextTag(0)) {
    required(fields.any(), words);
  }
  return {};
}

export function authorityInfoAccess({ critical }: Criticality, reader: DerReader): NoFields {
  if (critical) {
    throw new X509Error("x509: authority info access incorrectly marked critical");
  }
  const words = "invalid authority info access";
  const list = required(reader.nested(TAG.sequence), words);
  while (!list.isEmpty) {
    const access = required(list.nested(TAG.sequence), words);
    required(access.oid(), words);
    if (access.peek() === URI) {
      required(access.any(), words);
    }
  }
  return {};
}
