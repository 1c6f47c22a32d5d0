import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createAuthority } from "../support/certificates.ts";
import { startConnectProxy } from "../support/connect-proxy.ts";
import { startServer } from "../support/https-server.ts";

test("a process that does not close its connections can end", async () => {
  const authority = await createAuthority();
  const server = await startServer({
    identity: await authority.issue({ commonName: "server", hosts: ["127.0.0.1"] }),
  });
  const proxy = await startConnectProxy();
  const child = spawn(
    process.execPath,
    ["--import", "tsx", join(__dirname, "idle-process.ts"), server.url, proxy.url],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  await once(child.stdout, "data");
  const said = Date.now();
  const [code] = (await once(child, "exit")) as [number];
  expect([code, server.requests.length]).toEqual([0, 6]);
  // Idle connections are kept for 90 seconds, and the test server closes them after 5.
  expect(Date.now() - said).toBeLessThan(4000);
  await Promise.all([server.close(), proxy.close()]);
});
