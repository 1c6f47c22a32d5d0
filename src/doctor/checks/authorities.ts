import type { Cluster } from "../../api/cluster.ts";
import { ConnectionError } from "../../errors.ts";
import { readRoots } from "../../transport/root-certificates.ts";
import type { CertificateFacts } from "../certificates.ts";
import { certificatesIn } from "../certificates.ts";
import type { FindingCode } from "../codes.ts";
import { quote, subjectOf } from "../describe.ts";
import { digestOf } from "../digest.ts";
import type { ExaminationInput } from "../examination-input.ts";
import { findingAt, scoped } from "../examination-input.ts";
import type { Details, Finding } from "../finding.ts";
import { hintForReference, readFieldData } from "../field-data.ts";
import type { Validity } from "../validity.ts";
import { describeValidity, validityOf } from "../validity.ts";

/** The facts about a PEM bundle of authorities; clusters often share one. */
interface Bundle {
  readonly fault: string | undefined;
  readonly certificates: readonly CertificateFacts[];
}

/** Checks the CAs of clusters. */
export function* checkAuthorities(facts: ExaminationInput): Generator<Finding> {
  const bundles = new Map<string, Bundle>();
  const bundleOf = (data: Uint8Array): Bundle => {
    const key = digestOf(data);
    const bundle = bundles.get(key) ?? readBundle(data);
    bundles.set(key, bundle);
    return bundle;
  };
  for (const [name, cluster] of scoped(facts, "cluster", facts.resolved.clusters)) {
    yield* checkAuthority(facts, name, cluster, bundleOf);
  }
}

function* checkAuthority(
  facts: ExaminationInput,
  name: string,
  { certificateAuthority, certificateAuthorityData }: Cluster,
  bundleOf: (data: Uint8Array) => Bundle,
): Generator<Finding> {
  const { field, isTwice, content } = readFieldData(
    facts.machine,
    "certificate-authority",
    certificateAuthority,
    certificateAuthorityData,
  );
  const report = (code: FindingCode, details: Details): Finding =>
    findingAt(code, facts.locate("cluster", name, field), {
      subject: subjectOf("cluster", name),
      ...details,
    });
  if (isTwice) {
    yield report("data-and-file", {
      message: "It has certificate-authority and certificate-authority-data.",
    });
  }
  if (content === undefined) {
    return;
  }
  if (content.data === undefined) {
    const hint = hintForReference(facts, facts.merged.clusters.get(name)?.certificateAuthority ?? "");
    yield report("reference-unreadable", {
      message: `Its ${field}: ${content.fault}.`,
      ...(hint !== undefined && { hint }),
    });
    return;
  }
  const bundle = bundleOf(content.data);
  if (bundle.fault !== undefined) {
    yield report("ca-unusable", { message: `Its ${field}: ${bundle.fault}.` });
    return;
  }
  yield* checkBundle(facts, bundle.certificates, report);
}

function readBundle(data: Uint8Array): Bundle {
  try {
    readRoots(data);
    return { fault: data.length === 0 ? "the file is empty" : undefined, certificates: certificatesIn(data) };
  } catch (error) {
    if (error instanceof ConnectionError) {
      return { fault: error.message.replace(/^unable to load root certificates: /, ""), certificates: [] };
    }
    throw error;
  }
}

const CODES: Readonly<Record<Exclude<Validity, "valid">, FindingCode>> = {
  expired: "ca-expired",
  expiring: "ca-expiring",
  "not-yet-valid": "ca-not-yet-valid",
};

function* checkBundle(
  facts: ExaminationInput,
  certificates: readonly CertificateFacts[],
  report: (code: FindingCode, details: Details) => Finding,
): Generator<Finding> {
  const checked = certificates.map((certificate) => ({
    certificate,
    validity: validityOf(certificate, facts),
  }));
  const allExpired = checked.every(({ validity }) => validity === "expired");
  for (const [index, { certificate, validity }] of checked.entries()) {
    if (validity === "valid") {
      continue;
    }
    const which =
      checked.length === 1 ? "Its CA" : `Certificate ${index + 1} of the ${checked.length} of its CA`;
    const code = validity === "expired" && !allExpired ? "ca-partly-expired" : CODES[validity];
    yield report(code, {
      message: `${which}, ${quote(certificate.subject)}, ${describeValidity(validity, certificate, facts)}.`,
    });
  }
}
