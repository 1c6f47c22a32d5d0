// A program that asks for a path, and reads the body of a success only: node embed-status.mjs KUBECONFIG
const { connect, defaultLoadingRules, newNonInteractiveDeferredLoadingClientConfig } = await import(
  `${process.env.KCFG_PACKAGE}/dist/index.js`
);
const [explicitPath] = process.argv.slice(2);
try {
  const config = await newNonInteractiveDeferredLoadingClientConfig(
    defaultLoadingRules({ explicitPath }),
  ).clientConfig();
  const response = await connect(config).fetch("/version");
  console.log("status", response.status);
  await response.body?.cancel();
} catch (error) {
  console.log("caught", error.message);
}
process.exit(0);
