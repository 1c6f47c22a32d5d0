/** Asks the user. `terminalPrompter` asks on the terminal as kubectl does. */
export interface Prompter {
  /** Shows the question, and gives the answer, which may be seen while it is typed. */
  ask(question: string): Promise<string>;
  /** As {@link ask}, but what is typed must not be seen. */
  askSecret(question: string): Promise<string>;
}

/** A user name and a password. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Asks for a user name and a password, in client-go's words: its `PromptingAuthLoader`. */
export async function promptForCredentials(prompter: Prompter): Promise<Credentials> {
  const username = await prompter.ask("Please enter Username: ");
  const password = await prompter.askSecret("Please enter Password: ");
  return { username, password };
}
