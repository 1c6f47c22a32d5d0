import { GoUrlError } from "../../go/url-escape.ts";
import { parseGoRequestUri, parseGoUrl } from "../../go/url.ts";
import { goQuote } from "../../go/quote.ts";
import { ConnectionError } from "../../errors.ts";
import type { Host } from "../../host/host.ts";
import { connect } from "../../transport/connection.ts";
import { readBody } from "../../transport/read-body.ts";
import type { RequestLog } from "../../transport/request-log.ts";
import { clientConfigOf } from "../client-config-of.ts";
import { ConnectingCommand } from "../connecting-command.ts";
import type { GlobalFlags } from "../global-flags.ts";
import type { IOStreams } from "../io-streams.ts";
import { serverError } from "../server/error-response.ts";
import type { PrintedWarnings } from "../../transport/printed-warnings.ts";
import { warningPrinter } from "../server/warnings.ts";
import type { RequirementsFlag } from "../requirements-flag.ts";
import { requirementsFlag } from "../requirements-flag.ts";
import { tokenPersister } from "../token-persister.ts";

/** Creates `kcfg raw PATH`: what `kubectl get --raw PATH` prints. */
export function rawCommand(host: Host, streams: IOStreams): ConnectingCommand {
  const command = new ConnectingCommand("raw");
  return command
    .usage("<path>")
    .summary("Print the response of the server to a GET of a path")
    .description(
      "Print what the server answers to a GET of a path, as `kubectl get --raw` does: with the same credentials, proxy\n" +
        "and TLS settings, under the plugin policy of your kuberc, and with the same errors.",
    )
    .addOption(requirementsFlag())
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      const [path, ...others] = command.args;
      const flags = command.opts<GlobalFlags>();
      const pluginPolicy = command.pluginPolicy(host, streams);
      if (path === undefined) {
        throw command.usageError("a path is needed, such as /version");
      }
      if (others.length > 0) {
        throw new Error("arguments may not be passed when --raw is specified");
      }
      checkPath(path);
      const clientConfig = clientConfigOf(host, streams, flags);
      const config = await clientConfig.clientConfig();
      const warn = (warning: string): void => streams.err.sayLine(`warning: ${warning}`);
      const requests = await requestLog(host, streams, flags);
      const warnings = warningPrinter(host, streams);
      const connection = connect(host, config, {
        pluginPolicy,
        pluginRequirements: command.opts<RequirementsFlag>().pluginRequirements,
        persistAuthProvider: tokenPersister(host, streams, clientConfig, flags),
        warn,
        trace: requests?.trace,
        onWarning: (warning) => warnings.print(warning),
      });
      try {
        checkAddress(path, connection.server);
        requests?.noBody();
        const response = await connection.fetch(pathOnServer(path));
        await print(response, warnings, streams, flags, requests);
      } catch (error) {
        if (error instanceof ConnectionError) {
          requests?.fault(`Get ${connection.server}${path}: ${error.message}`);
        }
        throw error;
      } finally {
        await connection.close();
      }
    });
}

/** Makes the log of requests; its module is loaded only if something is logged. */
async function requestLog(
  host: Host,
  streams: IOStreams,
  { v }: GlobalFlags,
): Promise<RequestLog | undefined> {
  if (v < 1) {
    return undefined;
  }
  const { RequestLog: Log } = await import("../../transport/request-log.ts");
  return new Log(host, (lines) => streams.err.say(lines), v);
}

/** Refuses an invalid path in kubectl's words, although there is no `--raw` here: scripts know them. */
function checkPath(path: string): void {
  try {
    parseGoRequestUri(path);
  } catch (error) {
    if (error instanceof GoUrlError) {
      throw new Error(`--raw must be a valid URL path: parse ${goQuote(path)}: ${error.message}`, {
        cause: error,
      });
    }
    throw error;
  }
}

/**
 * Refuses an invalid address. `//a b` is a path where an absolute path is expected, and a host where any reference is.
 * kubectl parses it in both ways, and reports the fault of the second like a server's.
 */
function checkAddress(path: string, server: string): void {
  try {
    parseGoUrl(path);
  } catch (error) {
    throw error instanceof GoUrlError ? new ConnectionError(error.message, { server, cause: error }) : error;
  }
}

/** Leaves out what kubectl ignores: the host of a path that begins with one, or of a URL. */
function pathOnServer(path: string): string {
  return path.replace(/^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#]*/i, "").replace(/^[a-z][a-z0-9+.-]*:[^?#]*/i, "");
}

async function print(
  response: Response,
  warnings: PrintedWarnings,
  streams: IOStreams,
  { warningsAsErrors }: GlobalFlags,
  requests: RequestLog | undefined,
): Promise<void> {
  if (!response.ok) {
    const body = await bodyOf(response);
    requests?.errorBody(body);
    throw serverError({
      code: response.status,
      contentType: response.headers.get("content-type") ?? "",
      body,
    });
  }
  for await (const chunk of response.body ?? []) {
    streams.out.data(chunk);
    if (!(await streams.out.drained())) {
      break;
    }
  }
  if (warningsAsErrors) {
    warnings.refuse();
  }
}

/** How much of an error response is read, in bytes; a Status has some hundreds. */
const MAX_ERROR_BODY = 16 * 1024 * 1024;

async function bodyOf(response: Response): Promise<Uint8Array> {
  try {
    return (await readBody(response, MAX_ERROR_BODY)).bytes;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`unexpected error when reading response body. Please retry. Original error: ${reason}`, {
      cause: error,
    });
  }
}

const EXAMPLES = `
Examples:
  # The version of the server
  kcfg raw /version

  # The pods of a namespace, in another context
  kcfg raw /api/v1/namespaces/default/pods --context staging

  # What another user may do, asked in their name
  kcfg raw /apis --as jane --as-group dev`;
