import type { AuthInfo } from "../../api/auth-info.ts";
import { KeyPairError, readKeyPair } from "../../exec/read-key-pair.ts";
import type { CertificateFacts } from "../certificates.ts";
import { certificatesIn } from "../certificates.ts";
import type { FindingCode } from "../codes.ts";
import { quote, subjectOf } from "../describe.ts";
import { digestOf } from "../digest.ts";
import type { ExaminationInput } from "../examination-input.ts";
import { findingAt, scoped } from "../examination-input.ts";
import type { Finding } from "../finding.ts";
import { hintForReference, readFieldData } from "../field-data.ts";
import type { Validity } from "../validity.ts";
import { describeValidity, validityOf } from "../validity.ts";

type Report = (code: FindingCode, field: string, message: string, hint?: string) => Finding;

/** The fault of a pair, in Go's words. */
interface PairFault {
  readonly code: FindingCode;
  /** Whether it is a fault of the certificate, and not of the key. */
  readonly isOfCertificate: boolean;
  readonly reason: string;
}

/**
 * How many bytes of pairs are checked: every user may have a certificate of its own, and all may share one huge key.
 */
const MOST_CHECKED = 256 * 1024 * 1024;

/** Caches parsed certificates and keys: users often share them, and cryptography is slow. */
class Pairs {
  readonly #faults = new Map<string, PairFault | undefined>();
  readonly #certificates = new Map<string, readonly CertificateFacts[]>();
  #left = MOST_CHECKED;

  faultOf(certificate: Uint8Array, key: Uint8Array): PairFault | undefined {
    const name = `${digestOf(certificate)} ${digestOf(key)}`;
    if (!this.#faults.has(name) && this.#left > 0) {
      this.#left -= certificate.length + key.length;
      this.#faults.set(name, checkPair(latin1(certificate), latin1(key)));
    }
    return this.#faults.get(name);
  }

  certificatesIn(data: Uint8Array): readonly CertificateFacts[] {
    const name = digestOf(data);
    const certificates = this.#certificates.get(name) ?? certificatesIn(data);
    this.#certificates.set(name, certificates);
    return certificates;
  }
}

/** Checks client certificates and their keys. */
export function* checkClientCertificates(facts: ExaminationInput): Generator<Finding> {
  const pairs = new Pairs();
  for (const [name, user] of scoped(facts, "user", facts.resolved.authInfos)) {
    const report: Report = (code, field, message, hint) =>
      findingAt(code, facts.locate("user", name, field), {
        subject: subjectOf("user", name),
        message,
        ...(hint !== undefined && { hint }),
      });
    yield* checkUser(facts, name, user, pairs, report);
  }
}

function* checkUser(
  facts: ExaminationInput,
  name: string,
  user: AuthInfo,
  pairs: Pairs,
  report: Report,
): Generator<Finding> {
  const { machine } = facts;
  const certificate = readFieldData(
    machine,
    "client-certificate",
    user.clientCertificate,
    user.clientCertificateData,
  );
  const key = readFieldData(machine, "client-key", user.clientKey, user.clientKeyData);
  if (certificate.field === "") {
    if (key.field !== "") {
      yield report("client-certificate-missing", key.field, `It has ${key.field}, but no certificate.`);
    }
    return;
  }
  if (key.field === "") {
    yield report("client-key-missing", certificate.field, `It has ${certificate.field}, but no key.`);
  }
  for (const { field, isTwice, content } of [certificate, key]) {
    if (isTwice) {
      yield report("data-and-file", field, `It has ${field.replace(/-data$/, "")} and ${field}.`);
    }
    if (content !== undefined && content.data === undefined) {
      const { clientCertificate = "", clientKey = "" } = facts.merged.authInfos.get(name) ?? {};
      const hint = hintForReference(facts, field === "client-key" ? clientKey : clientCertificate);
      yield report("reference-unreadable", field, `Its ${field}: ${content.fault}.`, hint);
    }
  }
  const certificateData = certificate.content?.data;
  const keyData = key.content?.data;
  if (certificateData === undefined) {
    return;
  }
  const fault = keyData && pairs.faultOf(certificateData, keyData);
  if (fault !== undefined) {
    const field = fault.isOfCertificate ? certificate.field : key.field;
    yield report(fault.code, field, `Its ${field}: ${fault.reason}.`);
  }
  yield* checkValidity(facts, certificate.field, pairs.certificatesIn(certificateData), report);
}

function checkPair(certificate: string, key: string): PairFault | undefined {
  try {
    readKeyPair(certificate, key);
    return undefined;
  } catch (error) {
    if (error instanceof KeyPairError) {
      return describeFault(error.message.replace(/^tls: /, ""), key);
    }
    throw error;
  }
}

function describeFault(reason: string, key: string): PairFault {
  if (/does not match/.test(reason)) {
    return { code: "key-mismatch", isOfCertificate: false, reason };
  }
  if (/certificate input|^x509|public key/.test(reason)) {
    return { code: "client-certificate-unusable", isOfCertificate: true, reason };
  }
  return isEncrypted(key)
    ? { code: "client-key-encrypted", isOfCertificate: false, reason: "it needs a passphrase" }
    : { code: "client-key-unusable", isOfCertificate: false, reason };
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

function* checkValidity(
  facts: ExaminationInput,
  field: string,
  certificates: readonly CertificateFacts[],
  report: Report,
): Generator<Finding> {
  for (const [index, certificate] of certificates.entries()) {
    const validity = validityOf(certificate, facts);
    if (validity !== "valid") {
      const which =
        index === 0 ? "Its client certificate" : `Certificate ${index + 1} of its client certificate's chain`;
      yield report(
        CODES[validity],
        field,
        `${which}, ${quote(certificate.subject)}, ${describeValidity(validity, certificate, facts)}.`,
      );
    }
  }
}
