import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { API } from "typescript/unstable/sync";
import { repositoryRoot } from "../conformance/repository.ts";
import { seeded } from "../exec/random.ts";
import type { Mutant } from "./operators.ts";
import { mutantsOf } from "./operators.ts";
import type { Row } from "./rows.ts";
import { rows } from "./rows.ts";

/**
 * Changes security-critical code, one small change at a time, and checks whether a test fails.
 *
 *     npm run mutants                           every mutant of every file
 *     npm run mutants -- locks decide.ts        the rows and the files of these names
 *     KCFG_MUTANTS=50 KCFG_SEED=7               50 of them, chosen by the seed
 *     npm run mutants -- --list follow          lists the mutants, without a run
 *
 * Works in copies of the tree, in a temporary folder. Fails for a mutant that survives and is not in `survivors.json`, where
 * each has its argument, and for an entry there that is no longer a mutant.
 */
interface Task {
  readonly mutant: Mutant;
  readonly row: Row;
  readonly file: string;
  readonly text: string;
  /** Its name in `survivors.json`. */
  readonly key: string;
}

type Verdict = "killed" | "survived" | "timed out";

const root = repositoryRoot();
const listed = JSON.parse(readFileSync(join(root, "test/mutants/survivors.json"), "utf8")) as Readonly<
  Record<string, Readonly<Record<string, string>>>
>;
/** The timeout of a run, since a mutant may loop endlessly: a multiple of the unchanged run time, plus milliseconds. */
const PATIENCE = { times: 4, milliseconds: 10_000 };

/** Returns all tasks of the files, in the order of the table. */
function allTasks(): readonly Task[] {
  const api = new API({ cwd: root });
  try {
    const [project] = api.updateSnapshot({ openProject: join(root, "tsconfig.json") }).getProjects();
    return rows.flatMap((row) =>
      row.files.flatMap((file) => {
        const source = project?.program.getSourceFile(join(root, file));
        if (source === undefined) {
          throw new Error(`${file} is not in the project`);
        }
        const seen = new Map<string, number>();
        return mutantsOf(source).map((mutant) => {
          const name = mutant.within === "" ? mutant.change : `${mutant.within}: ${mutant.change}`;
          const count = (seen.get(name) ?? 0) + 1;
          seen.set(name, count);
          return { mutant, row, file, text: source.text, key: count === 1 ? name : `${name} #${count}` };
        });
      }),
    );
  } finally {
    api.close();
  }
}

function choose(tasks: readonly Task[], words: readonly string[]): readonly Task[] {
  const chosen = tasks.filter(
    ({ row, file }) => words.length === 0 || words.some((word) => row.name === word || file.endsWith(word)),
  );
  const limit = Number(process.env["KCFG_MUTANTS"] ?? chosen.length);
  if (limit >= chosen.length) {
    return chosen;
  }
  const seed = Number(process.env["KCFG_SEED"] ?? Date.now() % 1e6);
  console.log(`${limit} of ${chosen.length} mutants, KCFG_SEED=${seed}`);
  const random = seeded(seed);
  const rest = [...chosen];
  const picked = new Set(Array.from({ length: limit }, () => rest.splice(random(rest.length), 1)[0]));
  return chosen.filter((task) => picked.has(task));
}

/** A copy of the tree, with a waiting jest process. */
class Bench {
  readonly #folder: string;
  #jest: ChildProcess | undefined;
  readonly #usual = new Map<Row, number>();

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), "kcfg-mutants-"));
    process.once("exit", () => this.close());
    for (const name of [
      "src",
      "test",
      "schemas",
      "package.json",
      "jest.config.js",
      "tsconfig.json",
      "README.md",
    ]) {
      cpSync(join(root, name), join(this.#folder, name), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(this.#folder, "node_modules"));
  }

  async judge(task: Task): Promise<Verdict> {
    const { row, text } = task;
    const { start, end, replacement } = task.mutant;
    if (!this.#usual.has(row)) {
      const begin = Date.now();
      if ((await this.#run([...row.tests, ...row.wider], 600_000)) !== "survived") {
        throw new Error(`the tests of ${row.name} fail without any change`);
      }
      this.#usual.set(row, Date.now() - begin);
    }
    const limit = (this.#usual.get(row) ?? 0) * PATIENCE.times + PATIENCE.milliseconds;
    const path = join(this.#folder, task.file);
    writeFileSync(path, text.slice(0, start) + replacement + text.slice(end));
    try {
      const verdict = await this.#run(row.tests, limit);
      return verdict === "survived" && row.wider.length > 0 ? await this.#run(row.wider, limit) : verdict;
    } finally {
      writeFileSync(path, text);
    }
  }

  close(): void {
    this.#jest?.kill("SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  #run(tests: readonly string[], limit: number): Promise<Verdict> {
    this.#jest ??= fork(join(this.#folder, "test/mutants/runner.mjs"), {
      cwd: this.#folder,
      execArgv: [],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const jest = this.#jest;
    return new Promise((resolve) => {
      const end = (verdict: Verdict): void => {
        clearTimeout(timer);
        jest.removeAllListeners();
        resolve(verdict);
      };
      const giveUp = (verdict: Verdict): void => {
        this.#jest = undefined;
        jest.kill("SIGKILL");
        end(verdict);
      };
      const timer = setTimeout(() => giveUp("timed out"), limit);
      jest.on("message", (isGood) => end(isGood === true ? "survived" : "killed"));
      // A mutant may end the process.
      jest.on("exit", () => giveUp("killed"));
      jest.send(tests);
    });
  }
}

async function main(options: readonly string[]): Promise<boolean> {
  const words = options.filter((word) => word !== "--list");
  const tasks = allTasks();
  const known = new Set(tasks.map(({ file, key }) => `${file} ${key}`));
  const gone = Object.entries(listed).flatMap(([file, entries]) =>
    Object.keys(entries)
      .filter((key) => !known.has(`${file} ${key}`))
      .map((key) => `${file}: ${key}`),
  );
  for (const entry of gone) {
    console.log(`listed, but no mutant any more: ${entry}`);
  }
  if (words.length < options.length) {
    for (const { file, mutant, key } of choose(tasks, words)) {
      console.log(`${file}:${mutant.line} ${key}`);
    }
    return gone.length === 0;
  }
  const queue = choose(tasks, words).values();
  const counts: Record<Verdict, number> = { killed: 0, survived: 0, "timed out": 0 };
  const fresh: Task[] = [];
  const work = async (): Promise<void> => {
    const bench = new Bench();
    try {
      for (const task of queue) {
        const verdict = await bench.judge(task);
        const argument = listed[task.file]?.[task.key];
        counts[verdict]++;
        if (verdict === "survived" && argument === undefined) {
          fresh.push(task);
        }
        const note =
          argument === undefined ? "" : verdict === "survived" ? " (listed)" : " (listed, take it out)";
        console.log(`${verdict.padEnd(9)} ${task.file}:${task.mutant.line} ${task.key}${note}`);
      }
    } finally {
      bench.close();
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  for (const { file, mutant, key } of fresh) {
    console.log(`new survivor: ${file}:${mutant.line} ${key}`);
  }
  console.log(
    `${counts.killed} killed, ${counts["timed out"]} timed out, ${counts.survived} survived, ${fresh.length} of them new`,
  );
  return fresh.length === 0 && gone.length === 0;
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => process.exit(1));
}
process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
