import type { FuzzTarget } from "../target.ts";

const KINDS = ["signal", "uncaught", "unhandled", "thrown"];

/** Fails in each way that the runner must notice. It is no target of `npm run fuzz`, and has no valid case. */
export const target: FuzzTarget = {
  name: "self-check",
  cases: 0,
  make: (random) => Buffer.from(KINDS[Math.floor(random() * KINDS.length)] ?? ""),
  run: (input) => {
    switch (Buffer.from(input).toString()) {
      case "signal":
        process.kill(process.pid, "SIGKILL");
        break;
      case "uncaught":
        setTimeout(() => {
          throw new Error("thrown later");
        }, 1);
        break;
      case "unhandled":
        void Promise.reject(new Error("rejected and dropped"));
        break;
      case "thrown":
        throw new TypeError("foreign");
      default:
    }
  },
};
