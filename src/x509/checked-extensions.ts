import type { DerReader } from "./der.ts";
import { constructedTag, contextTag, TAG } from "./der.ts";
import { required, X509Error } from "./x509-error.ts";

// Extensions of which a client uses nothing, but which Go parses: a certificate with a malformed one is refused.

interface Criticality {
  readonly critical: boolean;
}

const URI = contextTag(6);

export function distributionPoints(reader: DerReader): void {
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
}

export function policies(reader: DerReader): void {
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
}

export function policyMappings(reader: DerReader): void {
  const words = "invalid policy mappings extension";
  const list = required(reader.nested(TAG.sequence), words);
  while (!list.isEmpty) {
    const mapping = required(list.nested(TAG.sequence), words);
    required(mapping.content(TAG.oid), words);
    required(mapping.content(TAG.oid), words);
  }
}

export function policyConstraints(reader: DerReader): void {
  const words = "invalid policy constraints extension";
  const fields = required(reader.nested(TAG.sequence), words);
  for (const tag of [contextTag(0), contextTag(1)]) {
    if (fields.peek() === tag) {
      const { content } = required(fields.any(), words);
      required(content.length > 0 && content.length <= 8 ? content : undefined, words);
    }
  }
}

export function inhibitAnyPolicy(reader: DerReader): void {
  required(reader.integer(), "invalid inhibit any policy extension");
}

export function subjectKeyId(reader: DerReader, { critical }: Criticality): void {
  if (critical) {
    throw new X509Error("x509: subject key identifier incorrectly marked critical");
  }
  required(reader.content(TAG.octetString), "invalid subject key identifier");
}

export function authorityKeyId(reader: DerReader, { critical }: Criticality): void {
  if (critical) {
    throw new X509Error("x509: authority key identifier incorrectly marked critical");
  }
  const words = "invalid authority key identifier";
  const fields = required(reader.nested(TAG.sequence), words);
  if (fields.peek() === contextTag(0)) {
    required(fields.any(), words);
  }
}

export function authorityInfoAccess(reader: DerReader, { critical }: Criticality): void {
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
}
