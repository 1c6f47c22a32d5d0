import { quoteForSentence } from "../../go/printable-text.ts";
import type { ExplainInputs } from "./explain-inputs.ts";
import { shownValue } from "./shown-field.ts";
import type { Step, Story } from "./story.ts";
import { variable } from "./story.ts";

/** Where Kubernetes mounts a pod's service account. */
export const SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

export const POD_RULE = "Nothing is configured, and this process runs in a pod, whose cluster it takes.";

/** The flags that take precedence over the pod's own connection. */
const HONOURED: ReadonlySet<string> = new Set(["server", "certificate-authority", "token"]);

/**
 * Adjusts the story of a field of the cluster or the user, if the connection comes from the pod: no entry and few flags
 * count.
 */
export function podStory({ host, connection }: ExplainInputs, field: string, story: Story): Story {
  const given = story.steps.find(({ source, status }) => source.kind === "flag" && status === "used");
  const isHonoured = given !== undefined && HONOURED.has(field);
  const pod: Step = {
    source: variable("KUBERNETES_SERVICE_HOST"),
    status: isHonoured ? "overridden" : "used",
    value: quoteForSentence(host.env["KUBERNETES_SERVICE_HOST"] ?? ""),
  };
  const steps = story.steps.map((step): Step => {
    const { source, value, note } = step;
    return step.status === "used" && !isHonoured ? { source, status: "overridden", value, note } : step;
  });
  const server = "value" in connection ? connection.value.host : "";
  const value = field === "server" ? shownValue(["clusters", "", field], server) : given?.value;
  return {
    subject: story.subject,
    value: field === "server" || isHonoured ? value : undefined,
    steps: field === "server" ? [...steps, pod] : steps,
    rules: [POD_RULE],
  };
}
