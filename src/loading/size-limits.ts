const MIB = 1024 * 1024;

/** The most that is read of a kubeconfig, in bytes, also from standard input. */
export const KUBECONFIG_LIMIT = 256 * MIB;
/** The most that is read of a file that holds a key, certificates or a token, in bytes. */
export const CREDENTIAL_LIMIT = 16 * MIB;
/** The most that is read of a kuberc, in bytes. */
export const KUBERC_LIMIT = 16 * MIB;
/** The most of a kubeconfig that is examined field by field, in bytes: that takes many times the memory. */
export const EXAMINED_LIMIT = 64 * MIB;
/** The most that an examination reads of files that kubeconfigs name, all together, in bytes. */
export const REFERENCED_LIMIT = 32 * MIB;
/** The most that is read of a template for output, in bytes. */
export const TEMPLATE_LIMIT = 16 * MIB;
/** The most that is read of a plugin requirements file, in bytes. */
export const REQUIREMENTS_LIMIT = 16 * MIB;
