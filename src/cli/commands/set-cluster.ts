import { Option } from "commander";
import { Cluster } from "../../api/cluster.ts";
import { changeCluster } from "../../clientcmd/edits/change-cluster.ts";
import { goQuote } from "../../go/quote.ts";
import type { Host } from "../../host/host.ts";
import type { EditFlags } from "../edit.ts";
import { flagIfSet, runEdit, textFlag, unexpectedArgs, withEditFlags } from "../edit.ts";
import { absolutePath, readFileToEmbed, requireFileToEmbed } from "../embedded-file.ts";
import type { IOStreams } from "../io-streams.ts";
import { PflagCommand } from "../pflag-command.ts";

interface SetClusterFlags extends EditFlags {
  readonly embedCerts: boolean;
  readonly proxyUrl: string;
}

const CA = "certificate-authority";

/** Creates `kcfg set-cluster`: creates or changes a cluster. */
export function setClusterCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("set-cluster");
  return withEditFlags(command)
    .summary("Set a cluster entry in kubeconfig")
    .description(
      "Set a cluster entry in kubeconfig.\n\n" +
        "Specifying a name that already exists will merge new fields on top of existing values for those fields.",
    )
    .usage("<cluster>")
    .argument("[cluster]", "the cluster to make or change")
    .addOption(textFlag("--server <url>", "Server of the cluster entry."))
    .addOption(textFlag("--tls-server-name <name>", "TLS server name of the cluster entry."))
    .addOption(
      new Option("--insecure-skip-tls-verify", "Do not check the server's certificate.").default(false),
    )
    .addOption(textFlag("--certificate-authority <file>", "Path to a certificate authority file."))
    .addOption(
      new Option("--embed-certs", "Put the content of the file into the cluster entry.").default(false),
    )
    .addOption(textFlag("--proxy-url <url>", "Proxy URL of the cluster entry."))
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      const flags = command.opts<SetClusterFlags>();
      const [name = ""] = command.args;
      if (command.args.length !== 1) {
        throw unexpectedArgs(command);
      }
      validate(host, name, flags);
      const authority = flagIfSet(command, "certificateAuthority", flags.certificateAuthority);
      const changes = {
        server: flagIfSet(command, "server", flags.server),
        tlsServerName: flagIfSet(command, "tlsServerName", flags.tlsServerName),
        insecureSkipTlsVerify: flags.insecureSkipTlsVerify,
        certificateAuthority: authority === undefined ? undefined : absolutePath(host, authority),
        certificateAuthorityData:
          authority !== undefined && flags.embedCerts ? readFileToEmbed(host, CA, authority) : undefined,
        proxyUrl: flagIfSet(command, "proxyUrl", flags.proxyUrl),
      };
      await runEdit(
        host,
        streams,
        command,
        (starting) => {
          const cluster = changeCluster(starting.clusters.get(name) ?? new Cluster(), changes);
          return { ...starting, clusters: new Map([...starting.clusters, [name, cluster]]) };
        },
        () => `Cluster ${goQuote(name)} set.\n`,
      );
    });
}

const EXAMPLES = `
Examples:
  # Set only the server field on the e2e cluster entry
  kcfg set-cluster e2e --server=https://1.2.3.4

  # Embed certificate authority data for the e2e cluster entry
  kcfg set-cluster e2e --embed-certs --certificate-authority=e2e.ca.crt`;

function validate(host: Host, name: string, flags: SetClusterFlags): void {
  if (name === "") {
    throw new Error("you must specify a non-empty cluster name");
  }
  if (flags.insecureSkipTlsVerify && flags.certificateAuthority !== "") {
    throw new Error("you cannot specify a certificate authority and insecure mode at the same time");
  }
  if (flags.embedCerts) {
    if (flags.certificateAuthority === "") {
      throw new Error(`you must specify a --${CA} to embed`);
    }
    requireFileToEmbed(host, CA, flags.certificateAuthority);
  }
}
