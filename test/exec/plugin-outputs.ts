import { certificates } from "./outputs/certificates.ts";
import type { Group } from "./outputs/credential.ts";
import { V1, V1BETA1 } from "./outputs/credential.ts";
import { damaged } from "./outputs/damaged.ts";
import { fields } from "./outputs/fields.ts";
import { texts } from "./outputs/texts.ts";
import { times } from "./outputs/times.ts";
import { versions } from "./outputs/versions.ts";

/** Something that a credential plugin might print. */
export interface PluginOutput {
  readonly name: string;
  /** The version that the plugin is configured to use. */
  readonly apiVersion: string;
  /** What it prints, each character a byte. */
  readonly stdout: string;
}

function ofV1(group: Group): readonly PluginOutput[] {
  return group.map(([name, stdout]) => ({ name, apiVersion: V1, stdout }));
}

/** The same for a plugin of the older version; some of them are enough. */
function someOfV1beta1(group: Group): readonly PluginOutput[] {
  return group
    .filter((_, index) => index % 5 === 0)
    .map(([name, stdout]) => ({
      name: `v1beta1: ${name}`,
      apiVersion: V1BETA1,
      stdout: stdout.replaceAll(V1, V1BETA1),
    }));
}

/** Several hundred outputs, by what they are about. Always the same ones. */
export const pluginOutputs: Readonly<Record<string, readonly PluginOutput[]>> = {
  versions: [V1, V1BETA1].flatMap((apiVersion) =>
    versions.map(([name, stdout]) => ({ name, apiVersion, stdout })),
  ),
  fields: [...ofV1(fields), ...someOfV1beta1(fields)],
  times: ofV1(times),
  texts: [...ofV1(texts), ...someOfV1beta1(texts)],
  certificates: ofV1(certificates),
  damaged: ofV1(damaged()),
};
