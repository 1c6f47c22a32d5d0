/** The kubectl versions that kcfg is compared with, oldest first. */
export const kubectlVersions = ["1.35.2", "1.36.3"] as const;

export type KubectlVersion = (typeof kubectlVersions)[number];

/** The version that decides where they differ. */
export const judge: KubectlVersion = "1.36.3";
