/**
 * Everything the engine takes from its surroundings. The engine imports no
 * electron and reads no clock, network or secret by itself, so the same code
 * runs in the window's process, headless and in tests.
 */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `ms`, rejects with CANCELLED when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Vault {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
  remove(key: string): Promise<void>;
}

export interface Logger {
  info(message: string, data?: Record<string, unknown>): void;
  warn(message: string, data?: Record<string, unknown>): void;
  error(message: string, data?: Record<string, unknown>): void;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface Ports {
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly vault: Vault;
  readonly log: Logger;
  /** Uniform in [0, 1); jitter and nonces. */
  readonly random: () => number;
  readonly newId: () => string;
  /** Told when work passes a named crash point; tests end the process there. */
  readonly atPoint?: (point: string) => void;
}
