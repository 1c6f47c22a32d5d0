import { join } from "node:path";
import { runProcess, survived } from "../support/embedding-program.ts";

/** Fixed seeds: what fails here fails again. More of them by hand: `npx tsx test/fuzz/run-target.ts keys 7 100000`. */
test.each([
  ["keys", 1, 1500],
  ["certificates", 2, 1500],
  ["http-answers", 3, 80],
])("%s end no process, whatever is damaged", async (target, seed, count) => {
  const script = join(__dirname, "run-target.ts");
  const run = await runProcess(process.execPath, [
    "--import",
    "tsx",
    script,
    target,
    String(seed),
    String(count),
  ]);
  expect(run).toMatchObject(survived);
  expect(run.stdout).toMatch(new RegExp(`^${count} cases of ${target} from seed ${seed}, \\d+ refused\n$`));
});
