/** The exit codes of the commands that `kubectl config` has: the same as kubectl's. */
export const EXIT_OK = 0;
/** Anything that went wrong: the command line, a file, the configuration. */
export const EXIT_ERROR = 1;
/** `check-plugins`, `doctor` or `inspect` could not decide: the command line, the kubeconfig or the policy is invalid. */
export const EXIT_UNDECIDED = 2;
/** The user cancelled the picker. The exit code of a program that Ctrl-C ended, also used by other pickers. */
export const EXIT_LEFT = 130;
/** The reader of the output is gone. The exit code of a program that SIGPIPE ended, as kubectl is. */
export const EXIT_SIGPIPE = 141;
