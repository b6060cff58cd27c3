/** One window's way to the engine: a real port, or messages that the host relays. */
export interface ClientPipe {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
}

export interface ControlChannel {
  send(message: unknown): void;
  /** `pipe` comes with `client-open`. */
  onMessage(listener: (message: unknown, pipe: ClientPipe | null) => void): void;
  end(): void;
}

/** What Electron's utility process offers; declared here because the engine's layer knows no electron. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown; ports: MessagePortLike[] }) => void): void;
}
interface MessagePortLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  start(): void;
}

/** The channel of whatever hosts this process: Electron's utility process, or a Node parent. */
export function controlChannel(): ControlChannel {
  const parentPort = (process as { parentPort?: ParentPort }).parentPort;
  return parentPort ? utilityChannel(parentPort) : childChannel();
}

function utilityChannel(parent: ParentPort): ControlChannel {
  return {
    send: (message) => parent.postMessage(message),
    onMessage: (listener) =>
      parent.on('message', ({ data, ports }) => {
        const [port] = ports;
        listener(data, port ? portPipe(port) : null);
      }),
    end: () => process.exit(0),
  };
}

function portPipe(port: MessagePortLike): ClientPipe {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', (event) => listener(event.data));
      port.start();
    },
    onClose: (listener) => port.on('close', listener),
  };
}

interface Relayed {
  message?: (message: unknown) => void;
  close?: () => void;
}

function childChannel(): ControlChannel {
  const relays = new Map<number, Relayed>();
  const post = (message: unknown): void => {
    // The parent may be gone already; its disconnect ends this process.
    if (process.connected) process.send?.(message);
  };
  process.on('disconnect', () => process.exit(0));
  return {
    send: post,
    onMessage: (listener) =>
      process.on('message', (raw: unknown) => {
        const message = raw as { type?: string; clientId?: number; data?: unknown };
        const id = message.clientId ?? -1;
        if (message.type === 'client-open') {
          const relay: Relayed = {};
          relays.set(id, relay);
          listener(raw, {
            send: (data) => post({ type: 'client-message', clientId: id, data }),
            onMessage: (receive) => {
              relay.message = receive;
            },
            onClose: (close) => {
              relay.close = close;
            },
          });
        } else if (message.type === 'client-message') {
          relays.get(id)?.message?.(message.data);
        } else if (message.type === 'client-close') {
          relays.get(id)?.close?.();
          relays.delete(id);
        } else {
          listener(raw, null);
        }
      }),
    end: () => {
      if (process.connected) process.disconnect();
      process.exit(0);
    },
  };
}
