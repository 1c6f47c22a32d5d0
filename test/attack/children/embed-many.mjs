// A program that asks a server for /FIRST up to before /COUNT, with try and catch: node embed-many.mjs KUBECONFIG FIRST COUNT
// It prints each number before it asks, and "alive" at its end.
const { connect, defaultLoadingRules, newNonInteractiveDeferredLoadingClientConfig } = await import(
  `${process.env.KCFG_PACKAGE}/dist/index.js`
);
const [explicitPath, first, count] = process.argv.slice(2);
const config = await newNonInteractiveDeferredLoadingClientConfig(
  defaultLoadingRules({ explicitPath }),
).clientConfig();
const connection = connect(config);
for (let index = Number(first); index < Number(count); index++) {
  console.log(index);
  try {
    const response = await connection.fetch(`/${index}`, { signal: AbortSignal.timeout(5000) });
    await response.text();
  } catch {
    // An error is an outcome like any other.
  }
  // Errors of streams and sockets without listeners come a little later.
  await new Promise((resolve) => {
    setTimeout(resolve, 15);
  });
}
console.log("alive");
process.exit(0);
