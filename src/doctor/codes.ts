import type { Severity } from "./finding.ts";

/** What is to be said of all findings of one code. */
export interface CodeFacts {
  readonly severity: Severity;
  /** A short sentence, without a period. */
  readonly title: string;
  /** What it means, and what kubectl does about it. */
  readonly explanation: string;
  /** What to do about it, for whoever knows no more. */
  readonly mend: string;
}

/** Every code there is, in the order in which the documentation lists them. Codes are never reused or renamed. */
export const CODES = {
  // Files
  "kubeconfig-missing": {
    severity: "error",
    title: "The kubeconfig does not exist",
    explanation: "The file that --kubeconfig names does not exist. kubectl refuses to connect.",
    mend: "Check the path.",
  },
  "no-kubeconfig": {
    severity: "warning",
    title: "There is no kubeconfig",
    explanation:
      "Not one of the files that kubectl reads exists. It uses the cluster that it runs in, or else localhost:8080.",
    mend: "Get a kubeconfig from whoever runs the cluster, and put it there: kcfg import FILE",
  },
  "listed-file-missing": {
    severity: "info",
    title: "A file of KUBECONFIG does not exist",
    explanation: "kubectl passes over it without a word.",
    mend: "Take it out of KUBECONFIG, or check its path.",
  },
  "file-unreadable": {
    severity: "error",
    title: "A kubeconfig cannot be read",
    explanation: "kubectl refuses to work while one of its files cannot be read.",
    mend: "Make it a file that you may read, or take it out of KUBECONFIG.",
  },
  "file-invalid": {
    severity: "error",
    title: "A kubeconfig is refused",
    explanation: "kubectl cannot understand the file, and does not work at all until it is mended.",
    mend: "Correct the text at that place.",
  },
  "file-readable-by-others": {
    severity: "warning",
    title: "Others may read a kubeconfig with secrets",
    explanation:
      "The file holds tokens, passwords or keys, and its mode lets other users of the machine read it. Not told on Windows.",
    mend: "Take the rights of group and others away: chmod go= FILE",
  },
  "file-writable-by-others": {
    severity: "error",
    title: "Anybody may change what kubectl obeys",
    explanation:
      "Every user of the machine may write the file, or replace it in its folder. A kubeconfig decides where your credentials go and which programs are run as you. kubectl does not check. Not told on Windows.",
    mend: "Take the right to write away: chmod go-w PATH",
  },

  // Text
  "duplicate-name": {
    severity: "error",
    title: "A name stands twice in one list",
    explanation: "kubectl refuses the whole file.",
    mend: "Rename or remove one of the two.",
  },
  "repeated-field": {
    severity: "warning",
    title: "A field stands twice",
    explanation: "Only the last of the two has an effect. kubectl does not tell.",
    mend: "Remove the one that is wrong.",
  },
  "ignored-document": {
    severity: "warning",
    title: "A file holds more than one document",
    explanation:
      "kubectl reads the first YAML document of a kubeconfig, and does not tell that there are others.",
    mend: "Put it into a file of its own and list that in KUBECONFIG, or merge the two: kcfg import FILE",
  },
  "unknown-field": {
    severity: "warning",
    title: "kubectl knows no such field",
    explanation:
      "The field has no effect, and kubectl does not tell. Names are case-sensitive and mostly written with dashes. Whatever other programs keep belongs under extensions.",
    mend: "Correct the name, or remove the field.",
  },
  "yaml-not-text": {
    severity: "error",
    title: "YAML takes a text for something else",
    explanation:
      "Without quotes y, n, yes, no, on, off, true and false are booleans, and 0755, 1_000 or 1e3 are numbers, as YAML 1.1 has it. kubectl refuses the file where it wants a text.",
    mend: "Quote it.",
  },
  "yaml-surprise": {
    severity: "warning",
    title: "YAML says something else than it seems to",
    explanation:
      "kubectl reads YAML 1.1, other programs another version: one and the same word is a boolean, a number, a date or nothing to one, and a text to another.",
    mend: "Quote a text; write booleans as true and false.",
  },

  // Merging
  "shadowed-entry": {
    severity: "warning",
    title: "An earlier file hides an entry",
    explanation:
      "Two files define the same name differently. The first file that defines a name wins, with the entry as a whole: nothing of the later one counts.",
    mend: "Rename or remove one of the two.",
  },
  "repeated-entry": {
    severity: "info",
    title: "Two files hold the same entry",
    explanation: "The entry of the earlier file counts; this one says the same, until one of them is edited.",
    mend: "Remove one of the two.",
  },
  "shadowed-current-context": {
    severity: "info",
    title: "An earlier file hides the current-context",
    explanation: "The first file that sets current-context wins.",
    mend: "Remove the one that does not count.",
  },
  "no-current-context": {
    severity: "warning",
    title: "No context is current",
    explanation: "Without --context, kubectl goes to localhost:8080.",
    mend: "Choose one: kcfg use-context NAME",
  },
  "unknown-current-context": {
    severity: "error",
    title: "The current context does not exist",
    explanation: "kubectl refuses to work without --context.",
    mend: "Choose one that exists: kcfg use-context NAME",
  },
  "unknown-cluster": {
    severity: "error",
    title: "A context names a cluster that does not exist",
    explanation: "kubectl does not tell: it goes to localhost:8080 instead.",
    mend: "Define the cluster, or name another one: kcfg set-context CONTEXT --cluster NAME",
  },
  "unknown-user": {
    severity: "error",
    title: "A context names a user that does not exist",
    explanation: "kubectl does not tell: it asks for a user name and a password.",
    mend: "Define the user, or name another one: kcfg set-context CONTEXT --user NAME",
  },
  "context-without-cluster": {
    severity: "warning",
    title: "A context names no cluster",
    explanation: "kubectl goes to localhost:8080, unless --cluster or --server is given.",
    mend: "Name one: kcfg set-context CONTEXT --cluster NAME",
  },
  "context-without-user": {
    severity: "warning",
    title: "A context names no user",
    explanation: "kubectl asks for a user name and a password, unless --user or a credential is given.",
    mend: "Name one: kcfg set-context CONTEXT --user NAME",
  },
  "invalid-namespace": {
    severity: "warning",
    title: "A namespace that cannot exist",
    explanation:
      "Namespaces are lower-case letters, digits and dashes, at most 63. kubectl does not tell; the server will find nothing.",
    mend: "Correct it: kcfg set-context CONTEXT -n NAMESPACE",
  },
  "unused-cluster": {
    severity: "info",
    title: "No context uses a cluster",
    explanation: "Only --cluster can choose it.",
    mend: "Remove it if it is not wanted: kcfg delete-cluster NAME",
  },
  "unused-user": {
    severity: "info",
    title: "No context uses a user",
    explanation: "Only --user can choose it. Its credentials lie around for nothing.",
    mend: "Remove it if it is not wanted: kcfg delete-user NAME",
  },

  // Clusters
  "server-missing": {
    severity: "error",
    title: "A cluster has no server",
    explanation: "kubectl goes to localhost:8080.",
    mend: "Set it: kcfg set-cluster CLUSTER --server URL",
  },
  "server-invalid": {
    severity: "error",
    title: "A server is no URL",
    explanation: "kubectl cannot connect to it.",
    mend: "Write it as https://host:port.",
  },
  "server-without-scheme": {
    severity: "warning",
    title: "A server is written without https://",
    explanation:
      "kubectl guesses: https if the cluster has a CA, skips the check of certificates, or the user has a client certificate; else http, where credentials are not sent.",
    mend: "Write it as https://host:port.",
  },
  "server-over-http": {
    severity: "warning",
    title: "A server is spoken to without TLS",
    explanation: "Anybody on the way reads and changes everything, and kubectl sends no credentials there.",
    mend: "Use https.",
  },
  "password-in-url": {
    severity: "warning",
    title: "A password stands in a URL",
    explanation: "URLs end up in logs, errors and lists of processes.",
    mend: "Take it out of the URL.",
  },
  "proxy-invalid": {
    severity: "error",
    title: "A proxy cannot be used",
    explanation: "kubectl refuses the cluster. It knows proxies with http, https and socks5 URLs.",
    mend: "Write it as http://host:port, https://host:port or socks5://host:port.",
  },
  "insecure-skip-tls-verify": {
    severity: "warning",
    title: "The server's certificate is not checked",
    explanation: "Whoever sits between you and the server gets your credentials.",
    mend: "Give the cluster its CA instead: kcfg set-cluster CLUSTER --certificate-authority FILE",
  },
  "insecure-with-ca": {
    severity: "error",
    title: "A CA stands beside insecure-skip-tls-verify",
    explanation: "kubectl refuses the two together.",
    mend: "Remove insecure-skip-tls-verify.",
  },
  "ca-unusable": {
    severity: "error",
    title: "A CA holds no certificate",
    explanation: "kubectl refuses to connect.",
    mend: "Get the CA of the cluster anew. It is PEM text; in certificate-authority-data that text in base64.",
  },
  "ca-expired": {
    severity: "error",
    title: "A CA has expired",
    explanation: "No server certificate that it signed is trusted any more.",
    mend: "Get the present CA from whoever runs the cluster.",
  },
  "ca-partly-expired": {
    severity: "warning",
    title: "One of several CAs has expired",
    explanation: "Servers with certificates of the other ones are still trusted.",
    mend: "Remove it from the bundle when no server needs it any more.",
  },
  "ca-expiring": {
    severity: "warning",
    title: "A CA expires soon",
    explanation: "After that no server certificate that it signed is trusted any more.",
    mend: "Ask whoever runs the cluster for its next CA.",
  },
  "ca-not-yet-valid": {
    severity: "error",
    title: "A CA is not valid yet",
    explanation:
      "No server certificate that it signed is trusted yet. Or the clock of this machine is wrong.",
    mend: "Check the clock.",
  },

  // Files and data that entries name
  "data-and-file": {
    severity: "error",
    title: "Data and a file are given for one thing",
    explanation:
      "kubectl refuses an entry that has both, although its error says that the data would win over the file.",
    mend: "Keep one of the two.",
  },
  "reference-unreadable": {
    severity: "error",
    title: "A file that an entry names cannot be read",
    explanation:
      "kubectl cannot use the entry. A relative path counts from the folder of the kubeconfig that it stands in.",
    mend: "Check the path and the rights of the file.",
  },
  "credential-readable-by-others": {
    severity: "warning",
    title: "Others may read a key or a token",
    explanation:
      "The mode of the file, or of the file that a symbolic link leads to, lets other users of the machine read it. Not told on Windows.",
    mend: "Take the rights of group and others away: chmod go= FILE",
  },

  // Users
  "conflicting-auth-methods": {
    severity: "error",
    title: "A user has ways to authenticate that exclude each other",
    explanation: "kubectl refuses a token beside a password, and a plugin beside an auth-provider.",
    mend: "Keep one of them.",
  },
  "several-auth-methods": {
    severity: "warning",
    title: "A user has more than one way to authenticate",
    explanation:
      "kubectl does not tell which one counts: tokenFile goes before token; a token, a password or a client certificate before a plugin; and the server chooses between a token and a client certificate.",
    mend: "Keep the one that is wanted.",
  },
  "user-without-credentials": {
    severity: "info",
    title: "A user has no credentials",
    explanation: "kubectl asks for a user name and a password.",
    mend: "Give it some: kcfg set-credentials USER --help",
  },
  "impersonation-without-user": {
    severity: "error",
    title: "Groups or other attributes of nobody are impersonated",
    explanation: "kubectl refuses as-uid, as-groups and as-user-extra without as.",
    mend: "Say whom to impersonate: add as.",
  },
  "inline-password": {
    severity: "warning",
    title: "A password stands in a kubeconfig",
    explanation:
      "Kubernetes knows no passwords since 1.19; only a proxy before the server could make use of it.",
    mend: "Use a credential plugin.",
  },
  "inline-token": {
    severity: "info",
    title: "A token stands in a kubeconfig",
    explanation: "Whoever gets a copy of the file is that user, until the token expires.",
    mend: "Use a credential plugin, or tokenFile.",
  },
  "token-expired": {
    severity: "error",
    title: "A token has expired",
    explanation:
      "The server will answer that you must be logged in. Told of JSON Web Tokens, which say when they expire.",
    mend: "Get a new one; a credential plugin does so by itself.",
  },
  "token-expiring": {
    severity: "warning",
    title: "A token expires soon",
    explanation: "Told of JSON Web Tokens that stand in the kubeconfig, which nothing renews.",
    mend: "Get a new one in time; a credential plugin does so by itself.",
  },
  "token-unusable": {
    severity: "error",
    title: "A token cannot be sent",
    explanation:
      "It holds line breaks or other control characters, which kubectl refuses to send; or its file is empty, so that kubectl asks for a user name.",
    mend: "Get a new one, or remove what does not belong to it.",
  },
  "client-certificate-unusable": {
    severity: "error",
    title: "A client certificate cannot be read",
    explanation: "kubectl refuses to connect, or goes on without it if it comes from a file.",
    mend: "Get a new one. It is PEM text; in client-certificate-data that text in base64.",
  },
  "client-certificate-expired": {
    severity: "error",
    title: "A client certificate has expired",
    explanation: "The server refuses it.",
    mend: "Get a new one.",
  },
  "client-certificate-expiring": {
    severity: "warning",
    title: "A client certificate expires soon",
    explanation: "After that the server refuses it.",
    mend: "Get a new one in time.",
  },
  "client-certificate-not-yet-valid": {
    severity: "error",
    title: "A client certificate is not valid yet",
    explanation: "The server refuses it. Or the clock of this machine is wrong.",
    mend: "Check the clock.",
  },
  "client-certificate-missing": {
    severity: "warning",
    title: "A key stands without its certificate",
    explanation: "kubectl does not use it, and does not tell.",
    mend: "Add the certificate, or remove the key.",
  },
  "client-key-missing": {
    severity: "error",
    title: "A client certificate stands without its key",
    explanation: "kubectl refuses the user.",
    mend: "Add the key, or remove the certificate.",
  },
  "client-key-unusable": {
    severity: "error",
    title: "A client key cannot be read",
    explanation: "kubectl refuses to connect, or goes on without it if it comes from a file.",
    mend: "Get the key that belongs to the certificate. It is PEM text; in client-key-data that text in base64.",
  },
  "client-key-encrypted": {
    severity: "error",
    title: "A client key is encrypted",
    explanation: "kubectl does not ask for a passphrase and cannot use the key.",
    mend: "Keep it without a passphrase, for yourself alone: openssl pkey -in KEY -out NEW",
  },
  "key-mismatch": {
    severity: "error",
    title: "A key does not belong to its certificate",
    explanation: "kubectl refuses to connect, or goes on without both if they come from files.",
    mend: "Find the pair that belongs together.",
  },
  "auth-provider-removed": {
    severity: "error",
    title: "An auth-provider that kubectl has no more",
    explanation:
      "gcp and azure were removed in kubectl 1.26. kubectl refuses the user, whatever else it has.",
    mend: "Use their credential plugin: gke-gcloud-auth-plugin or kubelogin.",
  },
  "auth-provider-unknown": {
    severity: "error",
    title: "An auth-provider that kubectl does not know",
    explanation: "kubectl refuses the user, whatever else it has. Only oidc is left of them.",
    mend: "Use a credential plugin.",
  },
  "auth-provider-incomplete": {
    severity: "error",
    title: "An auth-provider lacks a setting",
    explanation:
      "kubectl refuses oidc without idp-issuer-url and client-id, and without a token or the means to get one.",
    mend: "Add the setting.",
  },
  "auth-provider-deprecated": {
    severity: "info",
    title: "An auth-provider is used",
    explanation:
      "They are deprecated; oidc is the last one that works, and it writes new tokens into the kubeconfig.",
    mend: "Use a credential plugin such as kubelogin.",
  },

  // Plugins
  "exec-command-missing": {
    severity: "error",
    title: "A plugin has no command",
    explanation: "kubectl refuses the user.",
    mend: "Add command.",
  },
  "exec-api-version-missing": {
    severity: "error",
    title: "A plugin has no apiVersion",
    explanation: "kubectl refuses the user.",
    mend: "Add apiVersion: client.authentication.k8s.io/v1, or what the plugin's documentation says.",
  },
  "exec-api-version-removed": {
    severity: "error",
    title: "A plugin's apiVersion is not accepted",
    explanation:
      "kubectl knows client.authentication.k8s.io/v1 and v1beta1; v1alpha1 was removed in 1.24. It refuses the user, whatever else it has.",
    mend: "Update the plugin and let it write its entry anew, mostly with client.authentication.k8s.io/v1beta1.",
  },
  "exec-interactive-mode": {
    severity: "error",
    title: "A plugin's interactiveMode is missing or wrong",
    explanation:
      "With apiVersion client.authentication.k8s.io/v1 it must be Never, IfAvailable or Always. kubectl refuses the user.",
    mend: "Write interactiveMode: IfAvailable.",
  },
  "exec-env-name-missing": {
    severity: "error",
    title: "A variable of a plugin has no name",
    explanation: "kubectl refuses the user.",
    mend: "Add name, or remove the variable.",
  },
  "exec-command-relative": {
    severity: "info",
    title: "A plugin is named by a relative path",
    explanation: "It counts from the folder of the kubeconfig, whatever the current directory is.",
    mend: "Write the whole path if that is not meant.",
  },
  "exec-command-in-path": {
    severity: "info",
    title: "A plugin is looked up in PATH",
    explanation: "Whoever can put a program of that name earlier into PATH runs it as you.",
    mend: "Write the whole path, or let the plugin policy admit that path alone.",
  },
  "plugin-missing": {
    severity: "error",
    title: "A plugin cannot be started",
    explanation: "kubectl cannot authenticate this user.",
    mend: "Install it.",
  },
  "plugin-denied": {
    severity: "error",
    title: "A plugin may not run",
    explanation:
      "The plugin policy of your kuberc, or Go's rule about programs in relative folders of PATH, refuses it.",
    mend: "See what the policy says: kcfg check-plugins",
  },

  // Plugin policy
  "no-plugin-policy": {
    severity: "info",
    title: "There is no plugin policy",
    explanation:
      "Any kubeconfig that you use may run any program as you. A kuberc can restrict that since kubectl 1.35.",
    mend: "Admit what runs today, and nothing else: kcfg check-plugins --suggest --write",
  },
  "plugin-policy-allows-all": {
    severity: "info",
    title: "The plugin policy allows everything",
    explanation: "AllowAll is as good as no policy: any kubeconfig that you use may run any program as you.",
    mend: "Admit what runs today, and nothing else: kcfg check-plugins --suggest --write",
  },
  "plugin-policy-ignored": {
    severity: "warning",
    title: "kubectl ignores a plugin policy",
    explanation: "Somebody wrote a policy that kubectl does not heed, without an error: it fails open.",
    mend: "Correct it, and check: kcfg check-plugins",
  },
  "plugin-policy-turned-off": {
    severity: "warning",
    title: "The environment turns the plugin policy off",
    explanation:
      "The kuberc has a policy, but KUBERC=off or KUBECTL_KUBERC=false keeps kubectl from reading it.",
    mend: "Unset the variable.",
  },
  "plugin-policy-too-new": {
    severity: "info",
    title: "kubectl 1.35 refuses the plugin policy",
    explanation: "It names executables by command, which came with kubectl 1.36; name says the same to both.",
    mend: "Write name instead of command.",
  },
  "kuberc-invalid": {
    severity: "error",
    title: "The kuberc is refused",
    explanation: "kubectl does not work at all until it is mended.",
    mend: "Correct it: kcfg kuberc view",
  },
  "kuberc-warning": {
    severity: "warning",
    title: "kubectl warns of the kuberc",
    explanation: "It goes on without what it could not understand.",
    mend: "Correct it: kcfg kuberc view",
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;

/** The code of a finding. */
export type FindingCode = keyof typeof CODES;

/** Whether a text is the code of a finding. */
export function isFindingCode(text: string): text is FindingCode {
  return Object.hasOwn(CODES, text);
}

/** What is to be said of all findings of a code. */
export function codeFacts(code: FindingCode): CodeFacts {
  return CODES[code];
}
