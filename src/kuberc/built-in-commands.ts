/** The commands of kubectl 1.36, which aliases cannot shadow: kubectl silently ignores such an alias. */
export const BUILT_IN_COMMANDS: ReadonlySet<string> = new Set(
  (
    "alpha annotate api-resources api-versions apply attach auth autoscale certificate cluster-info completion config " +
    "cordon cp create debug delete describe diff drain edit events exec explain expose get help kuberc kustomize label " +
    "logs options patch plugin port-forward proxy replace rollout run scale set taint top uncordon version wait"
  ).split(" "),
);
