// A program that embeds the library, with try and catch around every call: node embed.mjs KUBECONFIG…
const { connect, defaultLoadingRules, newNonInteractiveDeferredLoadingClientConfig } = await import(
  `${process.env.KCFG_PACKAGE}/dist/index.js`
);
for (const explicitPath of process.argv.slice(2)) {
  try {
    const config = await newNonInteractiveDeferredLoadingClientConfig(
      defaultLoadingRules({ explicitPath }),
    ).clientConfig();
    const response = await connect(config).fetch("/version");
    console.log("status", response.status, (await response.text()).length);
  } catch (error) {
    console.log("caught", error instanceof Error, error.message);
  }
}
// Errors of streams and sockets without listeners come a little later.
await new Promise((resolve) => {
  setTimeout(resolve, 100);
});
console.log("alive");
process.exit(0);
