import type { Case } from "./vector.ts";
import { joinText } from "./vector.ts";

/**
 * Makes a failing case smaller as long as it still fails: removes files, elements of KUBECONFIG, words of the command
 * line, lines and then characters.
 *
 * @param budget - how many smaller cases may be tried
 */
export async function shrink(
  failing: Case,
  stillFails: (smaller: Case) => Promise<boolean>,
  budget: number,
): Promise<Case> {
  let smallest = failing;
  let left = budget;
  for (let found = true; found && left > 0;) {
    found = false;
    for (const smaller of smallerCases(smallest)) {
      if (left-- <= 0) {
        break;
      }
      if (await stillFails(smaller)) {
        smallest = smaller;
        found = true;
        break;
      }
    }
  }
  return smallest;
}

function* smallerCases(from: Case): Generator<Case> {
  for (const path of Object.keys(from.files)) {
    yield { ...from, files: without(from.files, path) };
  }
  for (const index of from.argv.keys()) {
    if (from.argv.length > 1) {
      yield { ...from, argv: from.argv.toSpliced(index, 1) };
    }
  }
  const elements = from.env?.["KUBECONFIG"]?.split(":") ?? [];
  for (const index of elements.keys()) {
    if (elements.length > 1) {
      yield { ...from, env: { ...from.env, KUBECONFIG: elements.toSpliced(index, 1).join(":") } };
    }
  }
  for (const [path, spec] of Object.entries(from.files)) {
    if (typeof spec === "string" || Array.isArray(spec)) {
      for (const text of smallerTexts(joinText(spec))) {
        yield { ...from, files: { ...from.files, [path]: text } };
      }
    }
  }
}

/** Yields the text without some of its lines, large pieces first; a short text also without some of its characters. */
function* smallerTexts(text: string): Generator<string> {
  yield* smallerLists(text.split("\n"), "\n");
  if (text.length < 400) {
    yield* smallerLists(Array.from(text), "");
  }
}

function* smallerLists(parts: readonly string[], glue: string): Generator<string> {
  for (let size = Math.ceil(parts.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < parts.length; at += size) {
      yield parts.toSpliced(at, size).join(glue);
    }
  }
}

function without(files: Case["files"], path: string): Case["files"] {
  return Object.fromEntries(Object.entries(files).filter(([each]) => each !== path));
}
