import type { WireCase } from "../wire-case.ts";
import { answers } from "./answers.ts";
import { auth } from "./auth.ts";
import { impersonation } from "./impersonation.ts";
import { handshakes } from "./handshakes.ts";
import { overrides } from "./overrides.ts";
import { paths } from "./paths.ts";
import { plugins } from "./plugins.ts";
import { proxies } from "./proxies.ts";
import { timeouts } from "./timeouts.ts";
import { tls } from "./tls.ts";

/** All cases, by topic; each becomes a file of vectors. */
export const wireCases: Readonly<Record<string, readonly WireCase[]>> = {
  answers,
  auth,
  impersonation,
  handshakes,
  overrides,
  paths,
  plugins,
  proxies,
  timeouts,
  tls,
};
