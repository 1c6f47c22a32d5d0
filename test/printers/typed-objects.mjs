import { CoreV1Event, V1ListMeta, V1MicroTime, V1Pod, V1PodList } from "@kubernetes/client-node";
import { printObject } from "../../dist/printers.js";

// Prints typed objects of the official client, which is an ES module: jest cannot load it.

const pod = new V1Pod();
pod.apiVersion = "v1";
pod.kind = "Pod";
pod.metadata = { name: "web", creationTimestamp: new Date(0), managedFields: [{ manager: "m" }] };
const list = new V1PodList();
list.kind = "PodList";
list.apiVersion = "v1";
list.metadata = new V1ListMeta();
list.metadata._continue = "token";
list.items = [pod, new V1Pod()];
const event = new CoreV1Event();
event.eventTime = new V1MicroTime(0);
process.stdout.write(
  printObject(pod, { output: "yaml" }) +
    printObject(list, { output: "jsonpath={.metadata.continue} {.items[1].kind}\n" }) +
    printObject(event, { output: "yaml" }),
);
