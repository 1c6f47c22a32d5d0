import type { AuthInfo } from "../../api/auth-info.ts";
import { goQuote } from "../../codec/go-quote.ts";
import { KeyPairError, readKeyPair } from "../../exec/key-pair.ts";
import { certificatesIn } from "../certificates.ts";
import type { FindingCode } from "../codes.ts";
import { subjectOf } from "../describe.ts";
import type { Facts } from "../facts.ts";
import { findingAt, scoped } from "../facts.ts";
import type { Finding } from "../finding.ts";
import type { Given } from "../given-bytes.ts";
import { givenBytes } from "../given-bytes.ts";
import type { Validity } from "../validity.ts";
import { describeValidity, validityOf } from "../validity.ts";

type Report = (code: FindingCode, field: string, message: string) => Finding;

/** Client certificates and their keys. */
export function* checkClientCertificates(facts: Facts): Generator<Finding> {
  for (const [name, user] of scoped(facts, "user", facts.resolved.authInfos)) {
    const report: Report = (code, field, message) =>
      findingAt(code, facts.locate("user", name, field), { subject: subjectOf("user", name), message });
    yield* checkUser(facts, user, report);
  }
}

function* checkUser(facts: Facts, user: AuthInfo, report: Report): Generator<Finding> {
  const { machine } = facts;
  const certificate = givenBytes(
    machine,
    "client-certificate",
    user.clientCertificate,
    user.clientCertificateData,
  );
  const key = givenBytes(machine, "client-key", user.clientKey, user.clientKeyData);
  if (certificate.field === "") {
    if (key.field !== "") {
      yield report("client-certificate-missing", key.field, `It has ${key.field}, but no certificate.`);
    }
    return;
  }
  for (const { field, isTwice } of [certificate, key]) {
    if (isTwice) {
      yield report("data-and-file", field, `It has ${field.replace(/-data$/, "")} and ${field}.`);
    }
  }
  if (key.field === "") {
    yield report("client-key-missing", certificate.field, `It has ${certificate.field}, but no key.`);
  }
  const unreadable = [certificate, key].filter(
    ({ content }) => content !== undefined && content.data === undefined,
  );
  for (const { field, content } of unreadable) {
    const fault = content?.data === undefined ? content?.fault : "";
    yield report("reference-unreadable", field, `Its ${field}: ${fault ?? ""}.`);
  }
  yield* checkPair(certificate, key, report);
  yield* checkValidity(facts, certificate, report);
}

function* checkPair(certificate: Given, key: Given, report: Report): Generator<Finding> {
  if (certificate.content?.data === undefined || key.content?.data === undefined) {
    return;
  }
  const [certificateText, keyText] = [certificate.content.data, key.content.data].map(latin1);
  try {
    readKeyPair(certificateText ?? "", keyText ?? "");
  } catch (error) {
    if (!(error instanceof KeyPairError)) {
      throw error;
    }
    const fault = error.message.replace(/^tls: /, "");
    if (isEncrypted(keyText ?? "") && /private key|key input/.test(fault) && !fault.includes("match")) {
      yield report("client-key-encrypted", key.field, `Its ${key.field} needs a passphrase.`);
    } else if (/does not match/.test(fault)) {
      yield report(
        "key-mismatch",
        key.field,
        `Its ${key.field} does not belong to its ${certificate.field}: ${fault}.`,
      );
    } else if (/certificate input|^x509|public key/.test(fault)) {
      yield report("client-certificate-unusable", certificate.field, `Its ${certificate.field}: ${fault}.`);
    } else {
      yield report("client-key-unusable", key.field, `Its ${key.field}: ${fault}.`);
    }
  }
}

function isEncrypted(key: string): boolean {
  return /^-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: *4, *ENCRYPTED/m.test(key);
}

function latin1(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("latin1");
}

const CODES: Readonly<Record<Exclude<Validity, "valid">, FindingCode>> = {
  expired: "client-certificate-expired",
  expiring: "client-certificate-expiring",
  "not-yet-valid": "client-certificate-not-yet-valid",
};

function* checkValidity(facts: Facts, { field, content }: Given, report: Report): Generator<Finding> {
  if (content?.data === undefined) {
    return;
  }
  const certificates = certificatesIn(content.data);
  for (const [index, certificate] of certificates.entries()) {
    const validity = validityOf(certificate, facts);
    if (validity !== "valid") {
      const which =
        index === 0 ? "Its client certificate" : `Certificate ${index + 1} of its client certificate's chain`;
      yield report(
        CODES[validity],
        field,
        `${which}, ${goQuote(certificate.subject)}, ${describeValidity(validity, certificate, facts)}.`,
      );
    }
  }
}
