import type { CodeFacts } from "../code-facts.ts";

/** The codes of findings about users, and the files that entries name. */
export const USER_CODES = {
  "data-and-file": {
    severity: "error",
    title: "Data and a file are given for one thing",
    explanation:
      "kubectl refuses an entry that has both, although its error says that the data would win over the file.",
    hint: "Keep one of the two.",
  },
  "reference-unreadable": {
    severity: "error",
    title: "A file that an entry names cannot be read",
    explanation:
      "kubectl cannot use the entry. A relative path counts from the folder of the kubeconfig that it stands in.",
    hint: "Check the path and the rights of the file.",
  },
  "token-file-outside": {
    severity: "warning",
    title: "A file outside the kubeconfig's folder is sent as a token",
    explanation:
      "kubectl sends what the file holds to the server. Whoever wrote the kubeconfig chose both, and may have meant a secret of yours. Links are followed; a hidden folder, and a folder above your home, count as outside. The tokens that Kubernetes puts into pods are not reported.",
    hint: "Keep the token in the kubeconfig's folder, or make sure that the server may have it.",
  },
  "file-outside-folder": {
    severity: "info",
    title: "A certificate or key is neither in the kubeconfig's folder nor in your home",
    explanation:
      "Somebody else may own the file, and a copy of the kubeconfig works on this machine alone. Files in your home are not reported, as many tools keep certificates there.",
    hint: "Put it into the kubeconfig: kcfg view --flatten --raw",
  },
  "credential-readable-by-others": {
    severity: "warning",
    title: "Others may read a key or a token",
    explanation:
      "The mode of the file, or of the file that a symbolic link leads to, lets other users of the machine read it. Not told on Windows.",
    hint: "Take the rights of group and others away: chmod go= FILE",
  },
  "conflicting-auth-methods": {
    severity: "error",
    title: "A user has ways to authenticate that exclude each other",
    explanation: "kubectl refuses a token beside a password, and a plugin beside an auth-provider.",
    hint: "Keep one of them.",
  },
  "several-auth-methods": {
    severity: "warning",
    title: "A user has more than one way to authenticate",
    explanation:
      "kubectl does not tell which one counts: tokenFile goes before token; a token, a password or a client certificate before a plugin; and the server chooses between a token and a client certificate.",
    hint: "Keep the one that is wanted.",
  },
  "user-without-credentials": {
    severity: "info",
    title: "A user has no credentials",
    explanation: "kubectl asks for a user name and a password.",
    hint: "Give it some: kcfg set-credentials USER --help",
  },
  "impersonation-without-user": {
    severity: "error",
    title: "Groups or other attributes of nobody are impersonated",
    explanation: "kubectl refuses as-uid, as-groups and as-user-extra without as.",
    hint: "Say whom to impersonate: add as.",
  },
  "inline-password": {
    severity: "warning",
    title: "A password stands in a kubeconfig",
    explanation:
      "Kubernetes knows no passwords since 1.19; only a proxy before the server could make use of it.",
    hint: "Use a credential plugin.",
  },
  "inline-token": {
    severity: "info",
    title: "A token stands in a kubeconfig",
    explanation: "Whoever gets a copy of the file is that user, until the token expires.",
    hint: "Use a credential plugin, or tokenFile.",
  },
  "token-expired": {
    severity: "error",
    title: "A token has expired",
    explanation:
      "The server will answer that you must be logged in. Told of JSON Web Tokens, which say when they expire.",
    hint: "Get a new one; a credential plugin does so by itself.",
  },
  "token-expiring": {
    severity: "warning",
    title: "A token expires soon",
    explanation: "Told of JSON Web Tokens that stand in the kubeconfig, which nothing renews.",
    hint: "Get a new one in time; a credential plugin does so by itself.",
  },
  "token-unusable": {
    severity: "error",
    title: "A token cannot be sent",
    explanation:
      "It holds line breaks or other control characters, which kubectl refuses to send; or its file is empty, so that kubectl asks for a user name.",
    hint: "Get a new one, or remove what does not belong to it.",
  },
  "client-certificate-unusable": {
    severity: "error",
    title: "A client certificate cannot be read",
    explanation: "kubectl refuses to connect, or goes on without it if it comes from a file.",
    hint: "Get a new one. It is PEM text; in client-certificate-data that text in base64.",
  },
  "client-certificate-expired": {
    severity: "error",
    title: "A client certificate has expired",
    explanation: "The server refuses it.",
    hint: "Get a new one.",
  },
  "client-certificate-expiring": {
    severity: "warning",
    title: "A client certificate expires soon",
    explanation: "After that the server refuses it.",
    hint: "Get a new one in time.",
  },
  "client-certificate-not-yet-valid": {
    severity: "error",
    title: "A client certificate is not valid yet",
    explanation: "The server refuses it. Or the clock of this machine is wrong.",
    hint: "Check the clock.",
  },
  "client-certificate-missing": {
    severity: "warning",
    title: "A key stands without its certificate",
    explanation: "kubectl does not use it, and does not tell.",
    hint: "Add the certificate, or remove the key.",
  },
  "client-key-missing": {
    severity: "error",
    title: "A client certificate stands without its key",
    explanation: "kubectl refuses the user.",
    hint: "Add the key, or remove the certificate.",
  },
  "client-key-unusable": {
    severity: "error",
    title: "A client key cannot be read",
    explanation: "kubectl refuses to connect, or goes on without it if it comes from a file.",
    hint: "Get the key that belongs to the certificate. It is PEM text; in client-key-data that text in base64.",
  },
  "client-key-encrypted": {
    severity: "error",
    title: "A client key is encrypted",
    explanation: "kubectl does not ask for a passphrase and cannot use the key.",
    hint: "Keep it without a passphrase, for yourself alone: openssl pkey -in KEY -out NEW",
  },
  "key-mismatch": {
    severity: "error",
    title: "A key does not belong to its certificate",
    explanation: "kubectl refuses to connect, or goes on without both if they come from files.",
    hint: "Find the pair that belongs together.",
  },
  "auth-provider-removed": {
    severity: "error",
    title: "An auth-provider that kubectl has no more",
    explanation:
      "gcp and azure were removed in kubectl 1.26. kubectl refuses the user, whatever else it has.",
    hint: "Use their credential plugin: gke-gcloud-auth-plugin or kubelogin.",
  },
  "auth-provider-unknown": {
    severity: "error",
    title: "An auth-provider that kubectl does not know",
    explanation: "kubectl refuses the user, whatever else it has. Only oidc is left of them.",
    hint: "Use a credential plugin.",
  },
  "auth-provider-incomplete": {
    severity: "error",
    title: "An auth-provider lacks a setting",
    explanation:
      "kubectl refuses oidc without idp-issuer-url and client-id, and without a token or the means to get one.",
    hint: "Add the setting.",
  },
  "auth-provider-deprecated": {
    severity: "info",
    title: "An auth-provider is used",
    explanation:
      "They are deprecated; oidc is the last one that works, and it writes new tokens into the kubeconfig.",
    hint: "Use a credential plugin such as kubelogin.",
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
