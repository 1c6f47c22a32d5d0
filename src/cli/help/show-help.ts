import type { Command } from "commander";
import { goQuote } from "../../go/quote.ts";
import type { Host } from "../../host/host.ts";
import { findCommand } from "../../cobra/find-command.ts";
import type { HelpRequest } from "../help-request.ts";
import type { IOStreams } from "../io-streams.ts";
import type { PflagCommand } from "../pflag-command.ts";
import { createProgram } from "../program.ts";
import { helpText } from "./help-text.ts";

/**
 * Shows the requested help, and the error after it, if there is one.
 *
 * @param name - how the user calls the program
 * @returns the exit code
 * @throws UsageError for words that name no command
 */
export async function showHelp(
  host: Host,
  streams: IOStreams,
  name: string,
  request: HelpRequest,
): Promise<number> {
  const command = await topicOf(host, streams, name, request);
  streams[request.stream].say(helpText(command));
  if (request.fault !== undefined) {
    streams.err.fail(request.fault);
  }
  return request.exitCode;
}

async function topicOf(
  host: Host,
  streams: IOStreams,
  name: string,
  { topic }: HelpRequest,
): Promise<Command> {
  if (!("name" in topic)) {
    return findTopic(await createProgram(host, streams, name, () => true), topic);
  }
  // None of the program's commands has been loaded yet.
  return topic.parent === null ? await createProgram(host, streams, name, () => true) : topic;
}

function findTopic(program: PflagCommand, words: readonly string[]): Command {
  const { command, rest } = findCommand<Command>(program, words);
  if (rest.length > 0) {
    throw program.usageError(`unknown command ${goQuote(words.join(" "))}`);
  }
  return command;
}
