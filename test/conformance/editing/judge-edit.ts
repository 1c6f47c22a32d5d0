import type { Difference } from "../compare.ts";
import { compare } from "../compare.ts";
import type { Runner } from "../call.ts";
import { editDivergenceOf } from "./divergences.ts";
import type { EditDivergence } from "./divergences.ts";
import type { EditCase, EditOutcome, End } from "./edit-case.ts";
import { showTexts } from "./run-edit-case.ts";

/** The verdict on kcfg's outcome of a sequence. */
export interface EditVerdict {
  readonly differences: readonly string[];
  /** The divergences without which a step would have failed. */
  readonly divergences: readonly EditDivergence[];
}

/**
 * Checks kcfg's outcome of a sequence: the output of each step, by kubectl's words and the intended divergences, and
 * the final files, by how the reader reads them and kubectl's.
 */
export async function judgeEdit(
  wanted: EditCase,
  kubectl: EditOutcome,
  kcfg: EditOutcome,
  reader: Runner,
): Promise<EditVerdict> {
  const differences: string[] = [];
  const applied: EditDivergence[] = [];
  for (const [at, argv] of wanted.steps.entries()) {
    const [theirs, ours] = [kubectl.steps[at], kcfg.steps[at]];
    if (theirs === undefined || ours === undefined) {
      throw new Error(`step ${at} was not run`);
    }
    const divergence = editDivergenceOf(argv, theirs, wanted);
    const found = compare(divergence?.instead(theirs, ours, argv) ?? theirs, ours);
    differences.push(...found.map((each) => describe(argv, each)));
    if (divergence !== undefined && compare(theirs, ours).length > 0) {
      applied.push(divergence);
    }
  }
  const end: Record<string, End> = { ...kubectl.end };
  if (wanted.instead !== undefined) {
    const shown = await showTexts(reader, wanted, wanted.instead.files);
    for (const [path, seen] of Object.entries(shown)) {
      const mode = kcfg.end[path]?.mode ?? "";
      end[path] = seen && { ...seen, mode };
    }
    if (JSON.stringify(kcfg.end) === JSON.stringify(kubectl.end)) {
      differences.push(`needlessly otherwise: ${wanted.instead.reason}`);
    }
  }
  for (const [path, theirs] of Object.entries(end)) {
    const ours = kcfg.end[path] ?? null;
    if (JSON.stringify(theirs) !== JSON.stringify(ours)) {
      differences.push(`${path} is\n${show(ours)}\ninstead of\n${show(theirs)}`);
    }
  }
  return { differences, divergences: applied };
}

function describe(argv: readonly string[], { aspect, kubectl, kcfg }: Difference): string {
  return `${argv.join(" ")}: ${aspect}: ${kcfg}\ninstead of\n${kubectl}`;
}

function show(end: End): string {
  return end === null ? "not there" : `${end.mode} ${end.shown}`;
}
