import type { CodeFacts } from "../code-facts.ts";

/** The codes of findings about credential plugins and their policy. */
export const PLUGIN_CODES = {
  "exec-command-missing": {
    severity: "error",
    title: "A plugin has no command",
    explanation: "kubectl refuses the user.",
    hint: "Add command.",
  },
  "exec-api-version-missing": {
    severity: "error",
    title: "A plugin has no apiVersion",
    explanation: "kubectl refuses the user.",
    hint: "Add apiVersion: client.authentication.k8s.io/v1, or what the plugin's documentation says.",
  },
  "exec-api-version-removed": {
    severity: "error",
    title: "A plugin's apiVersion is not accepted",
    explanation:
      "kubectl knows client.authentication.k8s.io/v1 and v1beta1; v1alpha1 was removed in 1.24. It refuses the user, whatever else it has.",
    hint: "Update the plugin and let it write its entry anew, mostly with client.authentication.k8s.io/v1beta1.",
  },
  "exec-interactive-mode": {
    severity: "error",
    title: "A plugin's interactiveMode is missing or wrong",
    explanation:
      "With apiVersion client.authentication.k8s.io/v1 it must be Never, IfAvailable or Always. kubectl refuses the user.",
    hint: "Write interactiveMode: IfAvailable.",
  },
  "exec-env-name-missing": {
    severity: "error",
    title: "A variable of a plugin has no name",
    explanation: "kubectl refuses the user.",
    hint: "Add name, or remove the variable.",
  },
  "plugin-runs-anything": {
    severity: "warning",
    title: "A plugin is a program that runs others",
    explanation:
      "A shell, an interpreter or the like runs whatever its arguments say, so a plugin policy that allows it allows everything. kcfg credential is not reported.",
    hint: "Put what it does into a program of its own, and name that.",
  },
  "plugin-loader-variable": {
    severity: "warning",
    title: "A plugin's environment decides which code runs in it",
    explanation:
      "LD_PRELOAD, PATH, NODE_OPTIONS, GIT_SSH_COMMAND and the like make any program run any code, so a plugin policy that allows the program does not help.",
    hint: "Remove the variable, unless you know why it is needed.",
  },
  "exec-command-relative": {
    severity: "info",
    title: "A plugin is named by a relative path",
    explanation: "It counts from the folder of the kubeconfig, whatever the current directory is.",
    hint: "Write the whole path if that is not meant.",
  },
  "exec-command-in-path": {
    severity: "info",
    title: "A plugin is looked up in PATH",
    explanation: "Whoever can put a program of that name earlier into PATH runs it as you.",
    hint: "Write the whole path, or let the plugin policy admit that path alone.",
  },
  "plugin-missing": {
    severity: "error",
    title: "A plugin cannot be started",
    explanation: "kubectl cannot authenticate this user.",
    hint: "Install it.",
  },
  "plugin-denied": {
    severity: "error",
    title: "A plugin may not run",
    explanation:
      "The plugin policy of your kuberc, or Go's rule about programs in relative folders of PATH, refuses it.",
    hint: "See what the policy says: kcfg check-plugins",
  },
  "plugin-leads-to-itself": {
    severity: "error",
    title: "A plugin leads to itself",
    explanation:
      "It runs kcfg credential for its own user, or for one whose plugin leads back. kcfg credential refuses that.",
    hint: "Name another context, or the real plugin, in the user's exec.",
  },
  "no-plugin-policy": {
    severity: "info",
    title: "There is no plugin policy",
    explanation:
      "Any kubeconfig that you use may run any program as you. A kuberc can restrict that since kubectl 1.35.",
    hint: "Admit what runs today, and nothing else: kcfg check-plugins --suggest --write",
  },
  "plugin-policy-allows-all": {
    severity: "info",
    title: "The plugin policy allows everything",
    explanation: "AllowAll is as good as no policy: any kubeconfig that you use may run any program as you.",
    hint: "Admit what runs today, and nothing else: kcfg check-plugins --suggest --write",
  },
  "plugin-requirements-unreadable": {
    severity: "error",
    title: "The plugin requirements cannot be obeyed",
    explanation:
      "The file cannot be read, or something in it is unknown, repeated or unclear. Demands that are only half understood must not be in force, so kcfg runs no plugin.",
    hint: "Correct the file, or remove it if no requirements are wanted.",
  },
  "plugin-policy-allows-launcher": {
    severity: "warning",
    title: "The plugin policy allows a program that runs others",
    explanation:
      "A shell, an interpreter, kubectl, kcfg and the like run whatever the arguments or variables of a kubeconfig tell them to. An allowlist that has one allows every program.",
    hint: "Name the real plugin as the command of the user, allow that one, and remove the entry.",
  },
  "plugin-policy-ignored": {
    severity: "warning",
    title: "kubectl ignores a plugin policy",
    explanation: "Somebody wrote a policy that kubectl does not heed, without an error: it fails open.",
    hint: "Correct it, and check: kcfg check-plugins",
  },
  "plugin-policy-turned-off": {
    severity: "warning",
    title: "The environment turns the plugin policy off",
    explanation:
      "The kuberc has a policy, but KUBERC=off or KUBECTL_KUBERC=false keeps kubectl from reading it.",
    hint: "Unset the variable.",
  },
  "plugin-policy-too-new": {
    severity: "info",
    title: "kubectl 1.35 refuses the plugin policy",
    explanation: "It names executables by command, which came with kubectl 1.36; name says the same to both.",
    hint: "Write name instead of command.",
  },
  "kuberc-invalid": {
    severity: "error",
    title: "The kuberc is refused",
    explanation: "kubectl does not work at all until it is mended.",
    hint: "Correct it: kcfg kuberc view",
  },
  "kuberc-warning": {
    severity: "warning",
    title: "kubectl warns of the kuberc",
    explanation: "It goes on without what it could not understand.",
    hint: "Correct it: kcfg kuberc view",
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
