/**
 * SQL as data: every fixed statement of the engine is declared once with the
 * types of its parameters and rows, prepared once per connection, and listed
 * so that a test can look at the plan of each.
 */
export interface Statement<P, R> {
  readonly sql: string;
  /** On a path that runs per keystroke, scan or window: its plan may not scan a table. */
  readonly hot: boolean;
  /** Types only; never set. */
  readonly params?: P;
  readonly row?: R;
}

export type Bindable = string | number | bigint | null | Buffer;
export type NamedParams = Readonly<Record<string, Bindable>>;

const registry: Statement<unknown, unknown>[] = [];

/** Declares a statement with named parameters (`:name`). */
export function sql<P extends NamedParams = Record<string, never>, R = never>(
  text: string,
  options: { hot?: boolean } = {},
): Statement<P, R> {
  const statement: Statement<P, R> = { sql: text, hot: options.hot ?? false };
  registry.push(statement);
  return statement;
}

export function allStatements(): readonly Statement<unknown, unknown>[] {
  return registry;
}
