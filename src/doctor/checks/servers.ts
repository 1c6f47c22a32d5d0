import type { Cluster } from "../../api/cluster.ts";
import { redactUrlPassword } from "../../api/redaction.ts";
import { newTlsClientConfig } from "../../api/rest-config.ts";
import { parseProxyUrl } from "../../clientcmd/proxy-url.ts";
import { hostOfServer } from "../../clientcmd/server-url.ts";
import { ConnectionError, InvalidConfigurationError } from "../../errors.ts";
import { endpointOf } from "../../transport/endpoint.ts";
import { harmlessUrl, quote, shellWord, subjectOf } from "../describe.ts";
import type { FindingCode } from "../codes.ts";
import type { ExaminationInput } from "../examination-input.ts";
import { findingAt, scoped } from "../examination-input.ts";
import type { Details, Finding } from "../finding.ts";

type Report = (code: FindingCode, field: string, details: Details) => Finding;

/** Checks the addresses of servers and proxies, and whether TLS protects the connection. */
export function* checkServers(facts: ExaminationInput): Generator<Finding> {
  for (const [name, cluster] of scoped(facts, "cluster", facts.merged.clusters)) {
    const report: Report = (code, field, details) =>
      findingAt(code, facts.locate("cluster", name, field), {
        subject: subjectOf("cluster", name),
        ...details,
      });
    yield* checkServer(name, cluster, report);
    yield* checkProxy(cluster, report);
    yield* checkVerification(name, cluster, report);
  }
}

function* checkServer(name: string, cluster: Cluster, report: Report): Generator<Finding> {
  const { server } = cluster;
  if (server === "") {
    yield report("server-missing", "server", {
      message: "It has no server.",
      hint: `Set it: kcfg set-cluster ${shellWord(name)} --server URL`,
    });
    return;
  }
  const shown = quote(harmlessUrl(server));
  const fault = serverFault(cluster);
  if (fault !== undefined) {
    yield report("server-invalid", "server", { message: `${shown}: ${fault}.` });
    return;
  }
  if (hasPassword(server)) {
    yield report("password-in-url", "server", { message: `The server ${shown} holds a user or a password.` });
  }
  if (/^http:\/\//i.test(server)) {
    yield report("server-over-http", "server", {
      message: `${shown} is spoken to without TLS. kubectl sends no credentials there.`,
    });
  } else if (!/^https:\/\//i.test(server)) {
    yield report("server-without-scheme", "server", {
      message: `${shown} is no URL. kubectl guesses https or http.`,
      hint: `Write it as ${quote(`https://${harmlessUrl(server)}`)}.`,
    });
  }
}

function serverFault({ server, certificateAuthority, insecureSkipTlsVerify }: Cluster): string | undefined {
  const tls = newTlsClientConfig({ caFile: certificateAuthority, insecure: insecureSkipTlsVerify });
  try {
    const { host } = endpointOf({ host: hostOfServer(server), tls });
    return /[\s"<>]/.test(host) ? "there is a character in it that no host name has" : undefined;
  } catch (error) {
    if (error instanceof ConnectionError) {
      return error.message.replace(/: "[^]*$/, "");
    }
    throw error;
  }
}

function* checkProxy({ proxyUrl }: Cluster, report: Report): Generator<Finding> {
  if (proxyUrl === "") {
    return;
  }
  const shown = quote(harmlessUrl(proxyUrl));
  try {
    parseProxyUrl(proxyUrl);
  } catch (error) {
    if (!(error instanceof InvalidConfigurationError)) {
      throw error;
    }
    const reason = error.message.startsWith("could not parse") ? "it is no URL" : error.message;
    yield report("proxy-invalid", "proxy-url", { message: `${shown}: ${reason}.` });
    return;
  }
  if (hasPassword(proxyUrl)) {
    yield report("password-in-url", "proxy-url", {
      message: `The proxy ${shown} needs a user or a password, which the file holds.`,
      hint: "Use a proxy on this machine that knows the password, and keep it out of the file.",
    });
  }
}

function* checkVerification(name: string, cluster: Cluster, report: Report): Generator<Finding> {
  if (!cluster.insecureSkipTlsVerify) {
    return;
  }
  const hasCa = cluster.certificateAuthority !== "" || (cluster.certificateAuthorityData?.length ?? 0) > 0;
  yield hasCa
    ? report("insecure-with-ca", "insecure-skip-tls-verify", {
        message: "It has a CA and insecure-skip-tls-verify, which kubectl refuses together.",
      })
    : report("insecure-skip-tls-verify", "insecure-skip-tls-verify", {
        message: "The server's certificate is not checked.",
        hint: `Give it its CA instead: kcfg set-cluster ${shellWord(name)} --certificate-authority FILE`,
      });
}

function hasPassword(url: string): boolean {
  return redactUrlPassword(url) !== url;
}
