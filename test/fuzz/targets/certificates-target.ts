import { withGenerated } from "../generated.ts";
import * as certificates from "../certificates.ts";
import { certificatesIn } from "../../../src/doctor/certificates.ts";
import { ConnectionError } from "../../../src/errors.ts";
import { KeyPairError, readKeyPair } from "../../../src/exec/read-key-pair.ts";
import { readShown, serverFault } from "../../../src/transport/verify-server.ts";
import { readRoots } from "../../../src/transport/root-certificates.ts";
import { mutate, pick } from "../random-bytes.ts";
import type { FuzzTarget } from "../target.ts";
import { expected } from "../target.ts";
import { blockIn, damagedDer, pemOf } from "./keys-target.ts";

/** Certificates from a kubeconfig, a file, a plugin or a server, of a kind that has every extension that is read. */
const ofBytes: FuzzTarget = {
  name: "certificates",
  cases: 45_000,
  make: (random, corpus) => {
    const honest = pick(random, corpus);
    if (random() < 0.1) {
      return mutate(random, honest, [
        "-----BEGIN ",
        "-----END ",
        "CERTIFICATE-----",
        "\n",
        "A",
        "=",
        "Proc-Type: 4\n",
      ]);
    }
    return Buffer.from(pemOf("CERTIFICATE", damagedDer(random, blockIn(honest)[1])));
  },
  run: (input) => {
    certificatesIn(input);
    try {
      readRoots(input);
    } catch (error) {
      expected(error, [ConnectionError]);
    }
    try {
      const shown = readShown([blockIn(input)[1]]);
      for (const name of NAMES) {
        const expectedServer = { name, roots: () => [], now: Date.parse("2026-12-01T00:00:00Z") };
        serverFault(shown, undefined, expectedServer);
        serverFault(shown, "CERT_UNTRUSTED", expectedServer);
      }
    } catch (error) {
      expected(error, [ConnectionError]);
    }
    try {
      readKeyPair(Buffer.from(input).toString("latin1"), KEY);
    } catch (error) {
      expected(error, [KeyPairError]);
    }
  },
};

/** Names to check against. */
const NAMES = ["127.0.0.1", "localhost", "h.example", "::1", ""];

const KEY = pemOf("PRIVATE KEY", Buffer.from(`302e020100300506032b657004220420${"11".repeat(32)}`, "hex"));

/** The bytes above, and cases of structures: `test/fuzz/certificates.ts`. */
export const target: FuzzTarget = withGenerated(ofBytes, certificates);
