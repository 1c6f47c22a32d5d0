import type { CodeFacts } from "../code-facts.ts";

/** The codes of findings about clusters. */
export const CLUSTER_CODES = {
  "server-missing": {
    severity: "error",
    title: "A cluster has no server",
    explanation: "kubectl goes to localhost:8080.",
    hint: "Set it: kcfg set-cluster CLUSTER --server URL",
  },
  "server-invalid": {
    severity: "error",
    title: "A server is no URL",
    explanation: "kubectl cannot connect to it.",
    hint: "Write it as https://host:port.",
  },
  "server-without-scheme": {
    severity: "warning",
    title: "A server is written without https://",
    explanation:
      "kubectl guesses: https if the cluster has a CA, skips the check of certificates, or the user has a client certificate; else http, where credentials are not sent.",
    hint: "Write it as https://host:port.",
  },
  "server-over-http": {
    severity: "warning",
    title: "A server is spoken to without TLS",
    explanation: "Anybody on the way reads and changes everything, and kubectl sends no credentials there.",
    hint: "Use https.",
  },
  "password-in-url": {
    severity: "warning",
    title: "A password stands in a URL",
    explanation: "URLs end up in logs, errors and lists of processes.",
    hint: "Take it out of the URL.",
  },
  "proxy-invalid": {
    severity: "error",
    title: "A proxy cannot be used",
    explanation: "kubectl refuses the cluster. It knows proxies with http, https and socks5 URLs.",
    hint: "Write it as http://host:port, https://host:port or socks5://host:port.",
  },
  "insecure-skip-tls-verify": {
    severity: "warning",
    title: "The server's certificate is not checked",
    explanation: "Whoever sits between you and the server gets your credentials.",
    hint: "Give the cluster its CA instead: kcfg set-cluster CLUSTER --certificate-authority FILE",
  },
  "insecure-with-ca": {
    severity: "error",
    title: "A CA stands beside insecure-skip-tls-verify",
    explanation: "kubectl refuses the two together.",
    hint: "Remove insecure-skip-tls-verify.",
  },
  "ca-unusable": {
    severity: "error",
    title: "A CA holds no certificate",
    explanation: "kubectl refuses to connect.",
    hint: "Get the CA of the cluster anew. It is PEM text; in certificate-authority-data that text in base64.",
  },
  "ca-expired": {
    severity: "error",
    title: "A CA has expired",
    explanation: "No server certificate that it signed is trusted any more.",
    hint: "Get the present CA from whoever runs the cluster.",
  },
  "ca-partly-expired": {
    severity: "warning",
    title: "One of several CAs has expired",
    explanation: "Servers with certificates of the other ones are still trusted.",
    hint: "Remove it from the bundle when no server needs it any more.",
  },
  "ca-expiring": {
    severity: "warning",
    title: "A CA expires soon",
    explanation: "After that no server certificate that it signed is trusted any more.",
    hint: "Ask whoever runs the cluster for its next CA.",
  },
  "ca-not-yet-valid": {
    severity: "error",
    title: "A CA is not valid yet",
    explanation:
      "No server certificate that it signed is trusted yet. Or the clock of this machine is wrong.",
    hint: "Check the clock.",
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
