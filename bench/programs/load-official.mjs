import { KubeConfig } from "@kubernetes/client-node";

// The official client reads one file by loadFromFile, the list in KUBECONFIG by loadFromDefault.
const config = new KubeConfig();
const [file] = process.argv.slice(2);
if (file === undefined) {
  config.loadFromDefault();
} else {
  config.loadFromFile(file);
}
