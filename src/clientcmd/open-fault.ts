/** Why a file cannot be opened for reading, in Go's words (`open F: permission denied`); undefined if it can. */
export type OpenFault = (file: string) => string | undefined;

/** Takes every file for readable: for judgements that look at no file. */
export const everyFileOpens: OpenFault = () => undefined;
