import type { QuaysideBridge } from '#shared/contract/bridge.ts';

declare global {
  interface Window {
    /** Exposed by the preload script; the only way out of the sandbox besides the engine's port. */
    readonly quayside: QuaysideBridge;
  }
}

export function bridge(): QuaysideBridge {
  return window.quayside;
}
