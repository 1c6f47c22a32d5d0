import type { ExecEnvVar } from "../api/exec.ts";
import type { HazardCode } from "./hazard.ts";

/** The effect of an environment variable on the program that is started with it. */
export interface VariableEffect {
  readonly code: Extract<
    HazardCode,
    "loader-variable" | "settings-variable" | "trust-variable" | "traffic-variable"
  >;
  /** What it controls: `which code is loaded into it`. */
  readonly decides: string;
}

/**
 * The variables that give control over any program. A `*` is any further letters. Harmless ones, such as AWS_PROFILE,
 * are not here.
 */
const TABLE: readonly (readonly [code: VariableEffect["code"], decides: string, names: string])[] = [
  [
    "loader-variable",
    "which code is loaded into it",
    // The dynamic linkers of Linux, the BSDs, macOS, AIX and HP-UX, and the C library's modules.
    "LD_* DYLD_* LDR_* LIBPATH SHLIB_PATH _RLD* GCONV_PATH GLIBC_TUNABLES LOCPATH NLSPATH MALLOC_* GTK_MODULES GIO_* QT_PLUGIN_PATH " +
      "OPENSSL_CONF OPENSSL_MODULES OPENSSL_ENGINES PKCS11_* COR_* CORECLR_* COMPLUS_* DOTNET_* " +
      // Languages.
      "NODE_OPTIONS NODE_PATH NODE_REPL_* ELECTRON_* BUN_* DENO_* NPM_CONFIG_* npm_config_* PYTHON* VIRTUAL_ENV CONDA_* PIP_* PERL* " +
      "RUBY* GEM_* BUNDLE_* JAVA_* _JAVA_OPTIONS JDK_JAVA_OPTIONS JDK_* CLASSPATH LUA_* PHPRC PHP_* TCLLIBPATH R_* ERL_* GUILE_* " +
      "JULIA_* GODEBUG MONO_*",
  ],
  [
    "loader-variable",
    "which programs it starts",
    "PATH PATHEXT COMSPEC SHELL BASH_ENV BASH_FUNC_* BASHOPTS SHELLOPTS ENV ZDOTDIR FPATH IFS PS4 PROMPT_COMMAND CDPATH PSMODULEPATH " +
      "SYSTEMROOT WINDIR EDITOR VISUAL PAGER *_PAGER BROWSER LESSOPEN LESSCLOSE MANPAGER SSH_ASKPASS SUDO_ASKPASS *_ASKPASS " +
      "GIT_* CLOUDSDK_PYTHON* CLOUDSDK_GSUTIL_PYTHON* KUBE_EDITOR KUBECTL_EXTERNAL_DIFF KUBECTL_PATH",
  ],
  [
    "settings-variable",
    "which settings it reads, and these can name programs and files",
    "HOME USERPROFILE HOMEDRIVE HOMEPATH APPDATA LOCALAPPDATA PROGRAMDATA XDG_* TMPDIR TEMP TMP KUBECONFIG KUBERC KUBECTL_* KCFG_* " +
      "KUBERNETES_EXEC_INFO AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE AWS_DATA_PATH AWS_CLI_FILE_* AZURE_CONFIG_DIR " +
      "AZURE_EXTENSION_DIR CLOUDSDK_CONFIG CLOUDSDK_ROOT_DIR BOTO_* GOOGLE_APPLICATION_CREDENTIALS GOOGLE_EXTERNAL_* " +
      "DOCKER_CONFIG KRB5* CURL_HOME NETRC VAULT_CONFIG_PATH TERMINFO TERMINFO_DIRS HOSTALIASES RES_OPTIONS RESOLV_*",
  ],
  [
    "trust-variable",
    "which servers it trusts",
    "SSL_CERT_FILE SSL_CERT_DIR SSLKEYLOGFILE REQUESTS_CA_BUNDLE CURL_CA_BUNDLE AWS_CA_BUNDLE NODE_EXTRA_CA_CERTS " +
      "NODE_TLS_REJECT_UNAUTHORIZED VAULT_SKIP_VERIFY VAULT_CACERT VAULT_CAPATH CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE " +
      "CLOUDSDK_AUTH_DISABLE_SSL_VALIDATION AZURE_CLI_DISABLE_CONNECTION_VERIFICATION",
  ],
  [
    "traffic-variable",
    "where it sends its requests, or which file it sends",
    "HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY FTP_PROXY http_proxy https_proxy all_proxy no_proxy ftp_proxy " +
      "AWS_ENDPOINT_URL* AWS_EC2_METADATA_SERVICE_ENDPOINT* AWS_CONTAINER_* AWS_WEB_IDENTITY_TOKEN_FILE AZURE_AUTHORITY_HOST " +
      "AZURE_FEDERATED_TOKEN_FILE AZURE_CLIENT_CERTIFICATE_PATH GCE_METADATA_* CLOUDSDK_API_ENDPOINT_OVERRIDES_* CLOUDSDK_PROXY_* " +
      "VAULT_ADDR VAULT_AGENT_ADDR VAULT_PROXY_ADDR VAULT_HTTP_PROXY",
  ],
];

const EFFECTS: ReadonlyMap<string, VariableEffect> = new Map(
  TABLE.flatMap(([code, decides, names]) =>
    names.split(" ").map((name): [string, VariableEffect] => [name, { code, decides }]),
  ),
);
const PATTERNS = [...EFFECTS].filter(([name]) => name.includes("*"));
const IN_CAPITALS: ReadonlyMap<string, VariableEffect> = new Map(
  Array.from(EFFECTS, ([name, effect]) => [name.toUpperCase(), effect]),
);

/**
 * Returns the name that a variable has for the program that is started with it: a name ends at the first `=`, so that
 * one of a kubeconfig may hold a part of the value. Undefined for one that is left out. Go's `exec.dedupEnv`.
 */
export function effectiveName({ name, value }: ExecEnvVar): string | undefined {
  const line = `${name}=${value}`;
  // Windows keeps the current directory of each drive in variables whose names begin with `=`.
  const end = line.indexOf("=", line.startsWith("=") ? 1 : 0);
  return end === -1 ? undefined : line.slice(0, end);
}

/**
 * Returns the effect of a variable on the program that is started with it; undefined for one without a known effect.
 *
 * @param ignoresCase - whether names that differ only in case are one, as on Windows
 */
export function variableEffect(name: string, ignoresCase: boolean): VariableEffect | undefined {
  const [wanted, effects] = ignoresCase ? [name.toUpperCase(), IN_CAPITALS] : [name, EFFECTS];
  return effects.get(wanted) ?? PATTERNS.find(([pattern]) => matches(wanted, pattern, ignoresCase))?.[1];
}

function matches(name: string, written: string, ignoresCase: boolean): boolean {
  const pattern = ignoresCase ? written.toUpperCase() : written;
  return pattern.startsWith("*") ? name.endsWith(pattern.slice(1)) : name.startsWith(pattern.slice(0, -1));
}
