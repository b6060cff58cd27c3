import type { MessagePortMain } from 'electron';
import type { FromEngine, ToEngine } from '#shared/contract/host-protocol.ts';

export interface EngineExit {
  readonly code: number | null;
  readonly signal: string | null;
}

/**
 * One engine process, wherever it runs. It says `hello` when it listens; the
 * caller answers with `init`. A host is used once: after its exit a new one is
 * made.
 */
export interface EngineHost {
  readonly pid: number | undefined;
  send(message: ToEngine): void;
  onMessage(listener: (message: FromEngine) => void): void;
  /** Fires exactly once. */
  onExit(listener: (exit: EngineExit) => void): void;
  /** Gives a window its own way to the engine. The port is the engine's end. */
  attach(clientId: number, port: ClientPort): void;
  kill(): void;
}

/** The part of MessagePortMain that hosts use; tests pass a node port. */
export type ClientPort = Pick<MessagePortMain, 'postMessage' | 'close' | 'start'> & {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
};
