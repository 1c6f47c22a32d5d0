/** Asks the user for something. `terminalPrompter` asks on the terminal as kubectl does. */
export interface Prompter {
  /**
   * Asks, and gives what is typed, which may be seen.
   *
   * @param what - `Username`
   */
  ask(what: string): Promise<string>;
  /**
   * Asks for a secret: what is typed must not be seen.
   *
   * @param what - `Password`
   */
  askSecret(what: string): Promise<string>;
}

/** A user name and a password. */
export interface Credentials {
  /** The user name. */
  readonly username: string;
  /** The password. Secret. */
  readonly password: string;
}

/** Asks for a user name and a password, in this order. client-go's `PromptingAuthLoader.Prompt`. */
export async function promptForCredentials(prompter: Prompter): Promise<Credentials> {
  const username = await prompter.ask("Username");
  const password = await prompter.askSecret("Password");
  return { username, password };
}
