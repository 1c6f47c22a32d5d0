// A kubectl plugin as a function, which where.test.ts tests: it says where a request would go, and by which token.
import { Command } from "commander";
import { bindKubectlFlags, type HostOption } from "kcfg";

/** Returns one line about the connection that the flags choose. */
export async function where(flags: readonly string[], machine: HostOption = {}): Promise<string> {
  const program = new Command("kubectl-where");
  const kubectl = bindKubectlFlags(program, machine);
  await program.parseAsync(flags, { from: "user" });
  await using connection = await kubectl.connect();
  const headers = await connection.headers();
  return `${kubectl.namespace()} at ${connection.server}, ${headers.get("authorization") ?? "anonymous"}`;
}
