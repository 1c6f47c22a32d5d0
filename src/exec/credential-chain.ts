import { ExecPluginError } from "../errors.ts";
import { goQuote } from "../go/quote.ts";
import type { Host } from "../host/host.ts";
import { LONGEST_CHAIN } from "../loading/credential-loop.ts";

/**
 * The environment variable in which `kcfg credential` passes the users whose credentials it is getting to the plugins that
 * it runs, so that a `kcfg credential` that is run by one of them detects a cycle.
 */
export const CHAIN = "KCFG_CREDENTIAL_CHAIN";

const FORM = new RegExp(`^[0-9a-f]{16}(?:,[0-9a-f]{16}){0,${LONGEST_CHAIN - 1}}$`);

/**
 * Returns the value of {@link CHAIN} for the plugin of a user.
 *
 * @param identity - identifies the user: 16 hexadecimal digits
 * @param user - the name, for the message
 * @throws ExecPluginError if the user is in the chain already, if the chain is too long, or if kcfg did not write it
 */
export function extendChain({ env }: Host, identity: string, user: string): string {
  const text = env[CHAIN] ?? "";
  if (text === "") {
    return identity;
  }
  if (!FORM.test(text)) {
    throw new ExecPluginError(`${CHAIN} is not what kcfg writes there: unset it`);
  }
  const identities = text.split(",");
  if (identities.includes(identity)) {
    throw new ExecPluginError(
      `the plugin of user ${goQuote(user)} leads to itself: it runs kcfg credential for the same user`,
    );
  }
  if (identities.length >= LONGEST_CHAIN) {
    throw new ExecPluginError(
      `the plugin of user ${goQuote(user)} is not run: ${LONGEST_CHAIN} users lead to each other already, by plugins that run kcfg credential`,
    );
  }
  return `${text},${identity}`;
}
