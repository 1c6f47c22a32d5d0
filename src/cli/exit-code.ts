/** The exit codes of the commands that `kubectl config` has: the same as kubectl's. */
export const EXIT_OK = 0;
/** Anything that went wrong: the command line, a file, the configuration. */
export const EXIT_ERROR = 1;
/** `check-plugins` or `doctor` could decide nothing: the command line, the kubeconfig or the policy is faulty. */
export const EXIT_UNDECIDED = 2;
/** Somebody who was to pick left instead. What shells say of a program that Ctrl-C ended, and other pickers of themselves. */
export const EXIT_LEFT = 130;
/** Nobody reads the output any more. What shells say of a program that SIGPIPE ended, as kubectl is. */
export const EXIT_SIGPIPE = 141;
