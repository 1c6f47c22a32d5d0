/** Asks the user for something. `terminalPrompter` asks on the terminal as kubectl does. */
export interface Prompter {
  /** @param what - `Username` */
  ask(what: string): Promise<string>;
  /**
   * What is typed must not be seen.
   *
   * @param what - `Password`
   */
  askSecret(what: string): Promise<string>;
}

/** A user name and a password. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Asks for a user name and a password, in this order. client-go's `PromptingAuthLoader.Prompt`. */
export async function promptForCredentials(prompter: Prompter): Promise<Credentials> {
  const username = await prompter.ask("Username");
  const password = await prompter.askSecret("Password");
  return { username, password };
}
