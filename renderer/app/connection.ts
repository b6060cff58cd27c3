import { create } from 'zustand';
import { PORT_MESSAGE, type EngineState } from '#shared/contract/bridge.ts';
import { bridge } from '../lib/bridge.ts';
import type { EngineClient } from '../lib/engine-client.ts';

interface Connection {
  readonly engine: EngineState;
  /** A port is attached and the engine has answered on it. */
  readonly connected: boolean;
  /** Grows with every connection: what was read before the last one may be old. */
  readonly generation: number;
}

export const useConnection = create<Connection>(() => ({
  engine: { state: 'starting' },
  connected: false,
  generation: 0,
}));

export type AppState = 'starting' | 'ready' | 'restarting' | 'failed';

/** What the window as a whole is doing; tests and the recovery screen go by it. */
export function appState({ engine, connected, generation }: Connection): AppState {
  if (engine.state === 'failed') return 'failed';
  if (connected) return 'ready';
  return generation > 0 ? 'restarting' : 'starting';
}

/**
 * Keeps the window's client on a living port for as long as the window lives:
 * asks for a port whenever an engine is ready, drops it when the engine is gone.
 */
export function startConnection(client: EngineClient): void {
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const [port] = event.ports;
    if (event.source !== window || !isPortMessage(event.data) || !port) return;
    client.attach(port);
    void confirm(client);
  });
  bridge().onEngineState((engine) => {
    useConnection.setState({ engine });
    switch (engine.state) {
      case 'ready':
        void bridge().connect();
        return;
      case 'failed':
        useConnection.setState({ connected: false });
        client.fail();
        return;
      case 'starting':
      case 'restarting':
        useConnection.setState({ connected: false });
        client.detach();
        return;
    }
  });
}

/** Connected is what has answered, not what has a port. */
async function confirm(client: EngineClient): Promise<void> {
  try {
    await client.call('status.get', {});
  } catch {
    // The next engine state says what to do.
    return;
  }
  if (useConnection.getState().engine.state !== 'ready') return;
  useConnection.setState(({ generation }) => ({ connected: true, generation: generation + 1 }));
}

function isPortMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === PORT_MESSAGE;
}
