import { filepathFor } from "../../../src/go/filepath.ts";
import { encodeKuberc } from "../../../src/codec/kuberc/encode-kuberc.ts";
import { decodeKuberc } from "../../../src/codec/kuberc/decode-kuberc.ts";
import { SeparatorError } from "../../../src/codec/kuberc/documents.ts";
import { RefusedDocument } from "../../../src/codec/json/wire-value.ts";
import { KcfgError } from "../../../src/errors.ts";
import { putPolicy } from "../../../src/kuberc/put-policy.ts";
import { findIgnoredPolicies } from "../../../src/kuberc/ignored-policy.ts";
import { validatePluginPolicy } from "../../../src/policy/validate-policy.ts";
import { randomText } from "../random-bytes.ts";
import type { FuzzTarget } from "../target.ts";
import { expected, Fault } from "../target.ts";

const EXAMPLES = [
  `apiVersion: kubectl.config.k8s.io/v1beta1
kind: Preference
credentialPluginPolicy: Allowlist
credentialPluginAllowlist:
- name: /usr/bin/aws # mine
- command: login
aliases:
- name: getn
  command: get
  prependArgs: [nodes]
  options: [{name: output, default: wide}]
defaults:
- command: apply
  options:
  - name: server-side
    default: "true"
`,
  "apiVersion: kubectl.config.k8s.io/v1alpha1\nkind: Preference\n---\napiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: DenyAll\n",
  '{"apiVersion":"kubectl.config.k8s.io/v1beta1","kind":"Preference","credentialPluginPolicy":"AllowAll"}\n',
];

const TOKENS = [
  ..."apiVersion kind Preference credentialPluginPolicy CredentialPluginPolicy credentialPluginAllowlist name command".split(
    " ",
  ),
  ..."AllowAll DenyAll Allowlist aliases defaults options default overrides v1alpha1 v1beta1 null true 1 [] {} - : , # ' \" & * << | >".split(
    " ",
  ),
  ..."--- \n---\n \ufeff \0 \t \r\n \u0085 %YAML !!binary ../x ./x // /./ ~ __proto__".split(" "),
  "\n",
  "\n  ",
  "- name: ",
];

const filepath = filepathFor({ platform: "linux" });

const ERRORS = [KcfgError, RefusedDocument, SeparatorError];

/** A kuberc is read, its policy checked, and edited: the result has the new policy, or nothing is edited. */
export const target: FuzzTarget = {
  name: "kuberc",
  cases: 55_000,
  make: (random, corpus) => randomText(random, EXAMPLES, TOKENS, corpus),
  run: (input) => {
    try {
      const file = decodeKuberc(input);
      findIgnoredPolicies(file);
      encodeKuberc(file.used);
      const preference = file.used?.preference;
      if (preference !== undefined) {
        validatePluginPolicy(preference.pluginPolicy, filepath);
      }
    } catch (error) {
      expected(error, ERRORS);
    }
    let edited: Uint8Array;
    try {
      edited = putPolicy(
        input,
        { credentialPluginPolicy: "DenyAll", credentialPluginAllowlist: undefined },
        filepath,
      );
    } catch (error) {
      expected(error, ERRORS);
      return;
    }
    const policy = decodeKuberc(edited).used?.preference?.pluginPolicy.credentialPluginPolicy;
    if (policy !== "DenyAll") {
      throw new Fault(
        `after an edit to DenyAll the policy is ${String(policy)}: ${Buffer.from(edited).toString()}`,
      );
    }
  },
};
