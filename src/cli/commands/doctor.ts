import { InvalidArgumentError, Option } from "commander";
import { parseGoDuration } from "../../go/duration.ts";
import { goQuote } from "../../go/quote.ts";
import { writeJson } from "../../go/json.ts";
import type { FindingCode } from "../../doctor/codes.ts";
import { isFindingCode } from "../../doctor/codes.ts";
import { diagnoseInput, EXPIRING_WITHIN } from "../../doctor/diagnose.ts";
import type { ExaminationInput } from "../../doctor/examination-input.ts";
import { examine } from "../../doctor/examine.ts";
import type { Diagnosis, Severity } from "../../doctor/finding.ts";
import { SEVERITIES } from "../../doctor/finding.ts";
import type { AppliedFixes } from "../../doctor/apply-fixes.ts";
import { applyFixes } from "../../doctor/apply-fixes.ts";
import { hostAfterFixes } from "../../doctor/host-after-fixes.ts";
import { overviewOf } from "../../doctor/overview.ts";
import type { Host } from "../../host/host.ts";
import { redactedDiff } from "../../writing/redacted-diff.ts";
import { painter } from "../colour.ts";
import type { EditFlags } from "../edit.ts";
import { withEditFlags } from "../edit.ts";
import { EXIT_ERROR, EXIT_OK } from "../exit-code.ts";
import type { IOStreams } from "../io-streams.ts";
import { rulesForFiles } from "../path-options.ts";
import type { PflagCommand } from "../pflag-command.ts";
import { doctorDocument } from "../printers/doctor-report/doctor-document.ts";
import { doctorSarif } from "../printers/doctor-report/doctor-sarif.ts";
import { doctorTable } from "../printers/doctor-report/doctor-table.ts";
import { escapeUnprintable } from "../../go/printable-text.ts";
import { ExitCodeCommand } from "../exit-code-command.ts";
import type { RequirementsFlag } from "../requirements-flag.ts";
import { requirementsFlag } from "../requirements-flag.ts";

interface DoctorFlags extends EditFlags, RequirementsFlag {
  readonly all: boolean;
  /** In milliseconds. */
  readonly expiringWithin: number;
  readonly failOn: string;
  readonly fix: boolean;
  readonly ignore: readonly string[];
  readonly output: string;
}

const FORMATS: readonly string[] = ["table", "json", "sarif", "html"];

/** Creates `kcfg doctor`: what is wrong with the kubeconfigs and with what they name. */
export function doctorCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new DoctorCommand(host, streams);
  command
    .summary("Find what is wrong with the kubeconfig, and fix it")
    .description(
      "Tell what is wrong with the kubeconfigs and with what they name: certificates, keys, tokens, plugins, the plugin " +
        "policy, the permissions of files. Nothing is run, no server is asked. With --context, only what that context uses " +
        "is looked at. Files that are named are looked at instead of those of KUBECONFIG; each must exist.\n\n" +
        "Exit codes: 0, nothing as bad as --fail-on was found; 1, something was; 2, nothing could be decided.",
    )
    .usage("[file...]")
    .argument("[file...]", "the kubeconfigs; those of KUBECONFIG if none is named")
    .addOption(new Option("--all", "Show info too, and name everything that has one cause.").default(false))
    .addOption(
      new Option("--expiring-within <duration>", "Tell what expires within this time: 30d, 12h, 90m.")
        .default(EXPIRING_WITHIN, "30d")
        .argParser(parseDays),
    )
    .addOption(
      new Option(`--fail-on <${SEVERITIES.join("|")}>`, "How bad a finding must be to fail.").default(
        "warning",
      ),
    )
    .addOption(
      new Option(
        "--fix",
        "Mend what is safe to mend: stale locks, permissions, misspelt fields, clusters and users that no context uses.",
      ).default(false),
    )
    .addOption(
      new Option("--ignore <code...>", "A code that is not to be told; can be repeated.").default([]),
    )
    .addOption(new Option(`-o, --output <${FORMATS.join("|")}>`, "Output format.").default("table"))
    .addOption(requirementsFlag())
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      await command.run();
    });
  return withEditFlags(command);
}

const EXAMPLES = `
Examples:
  # What is wrong?
  kcfg doctor

  # Will this context work for the next week?
  kcfg doctor --context prod --expiring-within 7d --fail-on error

  # See what would be mended, then mend it
  kcfg doctor --fix --dry-run
  kcfg doctor --fix

  # In CI: every kubeconfig of a folder
  kcfg doctor --fail-on error clusters/*.yaml

  # For a code scanner
  kcfg doctor team.yaml -o sarif

  # A page to look at, with pictures
  kcfg doctor -o html > doctor.html`;

class DoctorCommand extends ExitCodeCommand {
  readonly #host: Host;
  readonly #streams: IOStreams;

  constructor(host: Host, streams: IOStreams) {
    super("doctor", streams, ["kuberc"]);
    this.#host = host;
    this.#streams = streams;
  }

  async run(): Promise<void> {
    await this.decide(async () => this.#examine(this.opts<DoctorFlags>()));
  }

  async #examine(flags: DoctorFlags): Promise<number> {
    const worst = this.#check(flags);
    const ignore = new Set(flags.ignore.flatMap((codes) => codes.split(",").map((code) => this.#code(code))));
    const { context, expiringWithin } = flags;
    const rules = rulesForFiles(this.#host, this.#streams, flags, this.args);
    const areNamed = this.args.length > 0 || flags.kubeconfig !== "";
    const inputOn = (host: Host): ExaminationInput =>
      examine(host, rules, {
        context,
        expiringWithin,
        kuberc: this.kuberc,
        pluginRequirements: flags.pluginRequirements,
        areNamed,
      });
    const fixes = flags.fix
      ? await this.#fix(() => diagnoseInput(inputOn(this.#host), ignore), flags)
      : undefined;
    const input = inputOn(
      fixes !== undefined && flags.dryRun ? hostAfterFixes(this.#host, fixes) : this.#host,
    );
    const diagnosis = diagnoseInput(input, ignore);
    if (flags.output === "html") {
      const { doctorPage } = await import("../printers/doctor-page/doctor-page.ts");
      this.#streams.out.say(doctorPage(diagnosis, overviewOf(input), fixes?.done ?? []));
    } else {
      this.#print(diagnosis, fixes, flags);
    }
    const limit = SEVERITIES.indexOf(worst);
    const fails = diagnosis.findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= limit);
    return fails ? EXIT_ERROR : EXIT_OK;
  }

  #check({ output, failOn, dryRun, fix }: DoctorFlags): Severity {
    if (!FORMATS.includes(output)) {
      throw new Error(
        `unable to match a printer suitable for the output format ${goQuote(output)}, allowed formats are: ${FORMATS.join(",")}`,
      );
    }
    if (dryRun && !fix) {
      throw this.usageError("--dry-run goes with --fix");
    }
    const worst = SEVERITIES.find((severity) => severity === failOn);
    if (worst === undefined) {
      throw this.usageError(`--fail-on must be one of ${SEVERITIES.join(", ")}`);
    }
    return worst;
  }

  #code(text: string): FindingCode {
    if (!isFindingCode(text)) {
      throw this.usageError(`there is no code ${goQuote(text)} to ignore`);
    }
    return text;
  }

  async #fix(
    diagnose: () => Diagnosis,
    { dryRun, lockTimeout, trustFolderOwner }: DoctorFlags,
  ): Promise<AppliedFixes> {
    return applyFixes(this.#host, diagnose, {
      dryRun,
      lockTimeout,
      trustFolderOwner,
      backupAs: this.name(),
      warn: (message) => this.#streams.err.sayLine(message),
    });
  }

  #print(diagnosis: Diagnosis, fixes: AppliedFixes | undefined, flags: DoctorFlags): void {
    const { output, dryRun, all, failOn } = flags;
    const { out } = this.#streams;
    switch (output) {
      case "json":
        out.json(`${writeJson(doctorDocument(diagnosis, fixes?.done), 4)}\n`);
        return;
      case "sarif":
        out.json(`${writeJson(doctorSarif(diagnosis), 2)}\n`);
        return;
      default:
        if (fixes !== undefined) {
          out.say(describeFixes(fixes, dryRun));
        }
        // What makes the command fail is shown.
        out.say(
          doctorTable(
            diagnosis,
            { hasInfo: all || failOn === "info", hasAllMembers: all },
            painter(this.#host, out),
          ),
        );
    }
  }
}

function describeFixes({ changes, done }: AppliedFixes, dryRun: boolean): string {
  if (done.length === 0) {
    return "There was nothing to mend.\n\n";
  }
  const lines = done.map((line) => `  ${escapeUnprintable(line)}\n`).join("");
  return dryRun
    ? `This would be mended:\n${lines}\n${changes.map((change) => `${redactedDiff(change)}\n`).join("")}And this would be left:\n\n`
    : `Mended:\n${lines}\n`;
}

const DAY = 24 * 3_600_000;

/** Parses Go's durations, with days before them: `30d`, `1d12h`, `90m`. */
function parseDays(text: string): number {
  const [, days = "0", rest = ""] = /^(?:(\d{1,6}(?:\.\d{1,9})?)d)?(.*)$/s.exec(text) ?? [];
  const time = rest === "" && text !== "" ? 0 : parseGoDuration(rest);
  if (time === undefined || time < 0) {
    throw new InvalidArgumentError(`time: invalid duration ${goQuote(text)}`);
  }
  return Number(days) * DAY + time;
}
