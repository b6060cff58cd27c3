import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { EngineEvent, ToClient } from '#shared/contract/envelope.ts';
import { CodedError, fromErrorShape } from '#shared/errors/coded-error.ts';
import type { ClientPort } from '../app/engine-host/engine-host.ts';

/** A window's end of a port, and the engine's end as hosts take it. */
export function clientPair(): { client: PortClient; port: ClientPort } {
  const { port1, port2 } = new MessageChannel();
  return { client: new PortClient(port1), port: asClientPort(port2) };
}

/** Electron's ports hand out events, Node's hand out values. */
function asClientPort(port: MessagePort): ClientPort {
  return {
    postMessage: (message: unknown) => port.postMessage(message),
    close: () => port.close(),
    start: () => port.start(),
    on: (event: 'message' | 'close', listener: (event: { data: unknown }) => void) => {
      port.on(event, (data: unknown) => listener({ data }));
    },
  };
}

/** Calls the engine as a window does; what is in flight when the port closes is refused. */
export class PortClient {
  private readonly port: MessagePort;
  private readonly waiting = new Map<number, PromiseWithResolvers<unknown>>();
  private nextId = 1;
  private closed = false;
  readonly events: EngineEvent[] = [];

  constructor(port: MessagePort) {
    this.port = port;
    port.on('message', (message: ToClient) => this.receive(message));
    port.on('close', () => {
      this.closed = true;
      for (const waiter of this.waiting.values()) waiter.reject(restarted());
      this.waiting.clear();
    });
  }

  /** Starts a call; `id` cancels it. */
  start(method: string, params: unknown, requestId?: string): { id: number; reply: Promise<unknown> } {
    const id = this.nextId;
    this.nextId += 1;
    const waiter = Promise.withResolvers<unknown>();
    if (this.closed) waiter.reject(restarted());
    else {
      this.waiting.set(id, waiter);
      this.port.postMessage({ v: 1, id, method, params, ...(requestId ? { requestId } : {}) });
    }
    return { id, reply: waiter.promise };
  }

  call<T>(method: string, params: unknown, requestId?: string): Promise<T> {
    return this.start(method, params, requestId).reply as Promise<T>;
  }

  cancel(id: number): void {
    this.port.postMessage({ v: 1, cancel: id });
  }

  close(): void {
    this.port.close();
  }

  private receive(message: ToClient): void {
    if ('event' in message) {
      this.events.push(message);
      return;
    }
    const waiter = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.ok) waiter?.resolve(message.result);
    else waiter?.reject(fromErrorShape(message.error));
  }
}

const restarted = (): CodedError =>
  new CodedError('ENGINE_RESTARTED', 'The engine stopped before it answered', {}, { retryable: true });
