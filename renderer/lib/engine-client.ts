import { v7 as uuid } from 'uuid';
import type { EngineEvent, Request, ToClient } from '#shared/contract/envelope.ts';
import { METHODS, type MethodName, type Params, type Result } from '#shared/contract/methods.ts';
import { CodedError, fromErrorShape } from '#shared/errors/coded-error.ts';

/** What the client needs of a MessagePort. */
export type EnginePort = Pick<MessagePort, 'postMessage' | 'start' | 'close'> & {
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
};

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Commands: the same id sent twice is carried out once. Made here when absent. */
  readonly requestId?: string | undefined;
}

interface Waiting {
  readonly request: Request;
  resolve(value: unknown): void;
  reject(error: CodedError): void;
}

/**
 * One window's end of the engine's port. Calls made while no port is there
 * wait for the next one. When the engine dies, queries and commands in flight
 * are sent again on the new port: a command keeps its `requestId`, so the
 * engine answers a repeated one with its first result.
 */
export class EngineClient {
  private port: EnginePort | null = null;
  private nextId = 1;
  private readonly waiting = new Map<number, Waiting>();
  private readonly listeners = new Set<(event: EngineEvent) => void>();

  /** Takes a fresh port into use and sends what is still unanswered. */
  attach(port: EnginePort): void {
    this.detach();
    this.port = port;
    port.addEventListener('message', (event) => this.receive(event.data as ToClient));
    port.start();
    for (const { request } of this.waiting.values()) port.postMessage(request);
  }

  /** The engine is gone; what is unanswered waits for the next port. */
  detach(): void {
    this.port?.close();
    this.port = null;
  }

  /** The engine will not come back: everything that waits is refused. */
  fail(): void {
    this.detach();
    for (const entry of this.waiting.values()) {
      entry.reject(new CodedError('ENGINE_UNAVAILABLE', 'The engine does not run'));
    }
    this.waiting.clear();
  }

  onEvent(listener: (event: EngineEvent) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  call<M extends MethodName>(method: M, params: Params<M>, options: CallOptions = {}): Promise<Result<M>> {
    const id = this.nextId;
    this.nextId += 1;
    const { kind, timeoutMs } = METHODS[method];
    const request: Request = {
      v: 1,
      id,
      method,
      params,
      ...(kind === 'command' ? { requestId: options.requestId ?? uuid() } : {}),
    };
    return new Promise<Result<M>>((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const abort = (): void => this.giveUp(id, new CodedError('CANCELLED', `${method} was cancelled`));
      const settle = (): void => {
        clearTimeout(timer);
        options.signal?.removeEventListener('abort', abort);
        this.waiting.delete(id);
      };
      this.waiting.set(id, {
        request,
        resolve: (value) => {
          settle();
          resolve(value as Result<M>);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      if (options.signal?.aborted) {
        abort();
        return;
      }
      options.signal?.addEventListener('abort', abort);
      if (timeoutMs !== null) {
        timer = setTimeout(
          () =>
            this.giveUp(
              id,
              new CodedError('TIMEOUT', `${method} took too long`, { method }, { retryable: true }),
            ),
          timeoutMs,
        );
      }
      this.port?.postMessage(request);
    });
  }

  private giveUp(id: number, error: CodedError): void {
    const entry = this.waiting.get(id);
    if (!entry) return;
    this.port?.postMessage({ v: 1, cancel: id });
    entry.reject(error);
  }

  private receive(message: ToClient): void {
    if ('event' in message) {
      for (const listener of this.listeners) listener(message);
      return;
    }
    const entry = this.waiting.get(message.id);
    if (!entry) return;
    if (message.ok) entry.resolve(message.result);
    else entry.reject(fromErrorShape(message.error));
  }
}
