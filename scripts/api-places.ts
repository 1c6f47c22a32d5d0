/** A group of names of the page, from one entry of the package: `kcfg`, or a subpath. */
export interface ApiGroup {
  readonly heading: string;
  readonly from: string;
  /** What is to be said before the table. */
  readonly text?: string;
  readonly names: readonly string[];
}

export interface ApiLayer {
  readonly heading: string;
  readonly text: string;
  readonly groups: readonly ApiGroup[];
}

/**
 * The place of every function, class and constant that programs can import: docs/api.md is made of it (`npm run api`), and
 * a test refuses an export without a place.
 */
export const LAYERS: readonly ApiLayer[] = [
  {
    heading: "Everyday",
    text: "One call for one task. Start here.",
    groups: [
      {
        heading: "Connect and load",
        from: "kcfg",
        text: "[Quick start](quick-start.md), [Connecting](connecting.md), [Many clusters](many-clusters.md), [Own policy](own-policy.md)",
        names: ["connectToCluster", "loadConfig", "watchConfig", "kubectlMessage", "connectionMessage"],
      },
      {
        heading: "Write a kubectl plugin",
        from: "kcfg",
        text: "[Writing a kubectl plugin](kubectl-plugin.md), [A tool for two clusters](two-clusters.md)",
        names: ["bindKubectlFlags"],
      },
      {
        heading: "Print objects",
        from: "kcfg/printers",
        text: "[Printing objects](printers.md)",
        names: ["printObject", "bindPrintFlags", "PrintError"],
      },
      {
        heading: "Read and write YAML",
        from: "kcfg/yaml",
        text: "[Printing objects](printers.md)",
        names: ["readYaml", "writeYaml", "writeKyaml", "YamlError"],
      },
      {
        heading: "Use the official client",
        from: "kcfg/client-node",
        text: "[Migrating from client-node](migrating-from-client-node.md)",
        names: ["loadKubeConfig", "toKubeConfig"],
      },
      {
        heading: "Write a credential plugin",
        from: "kcfg/exec-plugin",
        text: "[Writing a credential plugin](credential-plugin.md)",
        names: [
          "loadExecCredentialFromEnv",
          "loadExecCredential",
          "readExecInfo",
          "pluginPrompter",
          "encodeExecCredential",
          "ExecPluginError",
        ],
      },
      {
        heading: "Test a program",
        from: "kcfg/testing",
        text: "[Testing your program](testing.md)",
        names: ["memoryHost"],
      },
      {
        heading: "Edit and examine",
        from: "kcfg",
        text: "[Editing](editing.md), [kcfg doctor](doctor.md), [Where every value comes from](origins.md)",
        names: ["modifyConfig", "undoChange", "diagnose", "loadOrigins"],
      },
    ],
  },
  {
    heading: "As clientcmd has it",
    text: "The steps of client-go, with its names, for what one call does not do.",
    groups: [
      {
        heading: "Loading rules and files",
        from: "kcfg",
        names: [
          "defaultLoadingRules",
          "loadConfigFromFile",
          "pathOptions",
          "resolveLocalPaths",
          "flattenConfig",
          "validateConfig",
          "confirmUsable",
        ],
      },
      {
        heading: "Client configs",
        from: "kcfg",
        text: "[Connecting](connecting.md)",
        names: [
          "newNonInteractiveDeferredLoadingClientConfig",
          "newInteractiveDeferredLoadingClientConfig",
          "newDefaultClientConfig",
          "newNonInteractiveClientConfig",
          "newInteractiveClientConfig",
          "clientConfigFromBytes",
          "restConfigFromKubeconfig",
          "buildConfigFromFlags",
          "inClusterConfig",
          "isInCluster",
          "terminalPrompter",
        ],
      },
      {
        heading: "Connections and credentials",
        from: "kcfg",
        text: "[Connecting](connecting.md), [Locking down credential plugins](plugins.md)",
        names: [
          "connect",
          "RestConfig",
          "newTlsClientConfig",
          "anonymousClientConfig",
          "persisterForUser",
          "execAuthenticator",
          "runPlugin",
          "checkPlugins",
        ],
      },
      {
        heading: "Flags",
        from: "kcfg",
        text: "[Writing a kubectl plugin](kubectl-plugin.md)",
        names: [
          "ConfigOverrides",
          "bindOverrideFlags",
          "bindAuthInfoFlags",
          "bindClusterFlags",
          "bindContextFlags",
          "bindBoolFlag",
          "bindStringFlag",
          "bindStringArrayFlag",
        ],
      },
      {
        heading: "Kuberc",
        from: "kcfg",
        text: "[Kuberc for your plugin](kuberc-for-plugins.md), [The kuberc and its policy](kuberc.md)",
        names: ["loadKuberc", "applyKuberc"],
      },
      {
        heading: "The machine",
        from: "kcfg",
        names: ["nodeHost"],
      },
    ],
  },
  {
    heading: "Pure functions, values and errors",
    text: "The same input gives the same output on every machine: nothing is read, run or sent.",
    groups: [
      {
        heading: "Kubeconfigs",
        from: "kcfg",
        text: "[Several kubeconfigs](merging.md)",
        names: [
          "decodeConfig",
          "encodeConfig",
          "mergeConfigs",
          "minifyConfig",
          "redactSecrets",
          "shortenConfig",
          "newConfig",
          "newContext",
          "Cluster",
          "AuthInfo",
          "AuthProviderConfig",
          "ExecConfig",
          "ExecCredentialStatus",
        ],
      },
      {
        heading: "Policy and flags",
        from: "kcfg",
        names: [
          "decidePlugin",
          "validatePluginPolicy",
          "explicitKuberc",
          "recommendedConfigOverrideFlags",
          "recommendedAuthOverrideFlags",
          "recommendedClusterOverrideFlags",
          "recommendedContextOverrideFlags",
          "removeNamespacesPrefix",
          "parseTimeout",
        ],
      },
      {
        heading: "Errors",
        from: "kcfg",
        text: "[Errors and exit codes](errors.md)",
        names: [
          "KcfgError",
          "InvalidConfigurationError",
          "ContextNotFoundError",
          "EmptyConfigError",
          "ConfigReadError",
          "ConfigParseError",
          "ConfigLockError",
          "ConnectionError",
          "ExecPluginError",
          "PluginPolicyError",
          "KubercError",
          "isConfigurationInvalid",
          "isContextNotFound",
          "isEmptyConfig",
          "isFileNotFound",
        ],
      },
    ],
  },
];
