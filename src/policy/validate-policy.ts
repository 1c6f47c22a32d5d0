import type { AllowlistEntry, PluginPolicy } from "../api/plugin-policy.ts";
import { ALLOW_ALL, ALLOWLIST, DENY_ALL } from "../api/plugin-policy.ts";
import type { Filepath } from "../go/filepath.ts";
import { goQuote } from "../go/quote.ts";
import { PluginPolicyError } from "../errors.ts";

/**
 * Refuses a policy that is contradictory or unclear: a security setting that is only half understood must not be in
 * force. client-go's `exec.ValidatePluginPolicy`.
 *
 * @throws PluginPolicyError in client-go's words
 */
export function validatePluginPolicy(
  { credentialPluginPolicy: policyType, credentialPluginAllowlist: allowlist }: PluginPolicy,
  filepath: Filepath,
): void {
  switch (policyType) {
    case "":
    case ALLOW_ALL:
    case DENY_ALL:
      if (allowlist !== undefined) {
        throw new PluginPolicyError(
          `misconfigured credential plugin allowlist: plugin policy is ${goQuote(policyType)} but allowlist is non-nil`,
        );
      }
      return;
    case ALLOWLIST:
      validateAllowlist(allowlist, filepath);
      return;
    default:
      throw new PluginPolicyError(`unknown plugin policy: ${goQuote(policyType)}`);
  }
}

/**
 * Returns why a plugin policy cannot be in force, in client-go's words where a plugin is to run; undefined if it can.
 */
export function policyFault(policy: PluginPolicy, filepath: Filepath): string | undefined {
  try {
    validatePluginPolicy(policy, filepath);
    return undefined;
  } catch (error) {
    if (error instanceof PluginPolicyError) {
      return `invalid plugin policy: ${error.message}`;
    }
    throw error;
  }
}

function validateAllowlist(allowlist: readonly AllowlistEntry[] | undefined, filepath: Filepath): void {
  if (allowlist === undefined) {
    throw new PluginPolicyError(
      `credential plugin policy set to ${goQuote(ALLOWLIST)}, but allowlist is unspecified`,
    );
  }
  if (allowlist.length === 0) {
    throw new PluginPolicyError(
      `credential plugin policy set to ${goQuote(ALLOWLIST)}, but allowlist is empty; use ${goQuote(DENY_ALL)} policy instead`,
    );
  }
  for (const [index, { command }] of allowlist.entries()) {
    if (command === "") {
      throw new PluginPolicyError(
        `misconfigured credential plugin allowlist: empty allowlist entry #${index + 1}`,
      );
    }
    const cleaned = filepath.clean(command);
    if (cleaned !== command) {
      throw new PluginPolicyError(`non-normalized file path: ${goQuote(command)} vs ${goQuote(cleaned)}`);
    }
  }
}
