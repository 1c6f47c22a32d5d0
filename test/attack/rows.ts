import type { Attack } from "./attack.ts";
import { attacks as h1 } from "./rows/h1-hostile-folder.ts";
import { attacks as h2 } from "./rows/h2-shared-folder.ts";
import { attacks as h3 } from "./rows/h3-kcfg-as-plugin.ts";
import { attacks as h4 } from "./rows/h4-certificate-names.ts";
import { attacks as h5 } from "./rows/h5-keys.ts";
import { attacks as h6 } from "./rows/h6-answers.ts";
import { attacks as low } from "./rows/low-rows.ts";
import { attacks as m1 } from "./rows/m1-compile-cache.ts";
import { attacks as m2 } from "./rows/m2-doctor-fix.ts";
import { attacks as m3 } from "./rows/m3-import.ts";
import { attacks as m4 } from "./rows/m4-no-shell.ts";
import { attacks as m5 } from "./rows/m5-special-files.ts";
import { attacks as m6 } from "./rows/m6-terminal.ts";
import { attacks as m7 } from "./rows/m7-endless-files.ts";
import { attacks as m8 } from "./rows/m8-concurrent.ts";
import { attacks as sides } from "./rows/s-side-files.ts";

/** Every attack, in the order of the table. */
export const attacks: readonly Attack[] = [
  ...h1,
  ...h2,
  ...h3,
  ...h4,
  ...h5,
  ...h6,
  ...m1,
  ...m2,
  ...m3,
  ...m4,
  ...m5,
  ...m6,
  ...m7,
  ...m8,
  ...low,
  ...sides,
];
