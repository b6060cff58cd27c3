import type { MethodName, ParsedParams, Result } from '#shared/contract/methods.ts';
import type { Engine } from '../engine.ts';

/** What one connection remembers: who stands at its station. Gone with the connection. */
export interface StationOfCall {
  operator: { readonly operatorId: string; readonly name: string } | null;
}

export interface Call {
  readonly actor: string;
  readonly requestId: string | undefined;
  /** Aborted when the caller cancels or goes away. */
  readonly signal: AbortSignal;
  /** Absent where a call has no connection of its own. */
  readonly station?: StationOfCall;
}

export type Handler<M extends MethodName> = (
  engine: Engine,
  input: ParsedParams<M>,
  call: Call,
) => Result<M> | Promise<Result<M>>;

/** Handlers of one area; the compiler checks that every method of the registry has one. */
export type Handlers<M extends MethodName> = { readonly [K in M]: Handler<K> };
