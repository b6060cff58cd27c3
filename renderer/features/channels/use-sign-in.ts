import { useEffect, useRef, useState } from 'react';
import { CodedError } from '#shared/errors/coded-error.ts';
import { bridge } from '../../lib/bridge.ts';
import { useEngine } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';

export interface WaitingSignIn {
  /** Where the person signs in. */
  readonly url: string;
  /** False when the browser did not take the address: then it has to be copied. */
  readonly opened: boolean;
}

export interface SignIn {
  /** While a person is expected back from the browser. */
  readonly waiting: WaitingSignIn | null;
  /** Resolves when the account's keys are stored. Rejects with CANCELLED after `cancel`. */
  readonly run: (accountId: string) => Promise<void>;
  readonly cancel: () => void;
}

/** One sign-in in the browser; it ends with the component that waits for it, and its port is free again. */
export function useSignIn(): SignIn {
  const t = useText();
  const engine = useEngine();
  const [waiting, setWaiting] = useState<WaitingSignIn | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const run = async (accountId: string): Promise<void> => {
    const controller = new AbortController();
    stop.current?.abort();
    stop.current = controller;
    const { signal } = controller;
    const pages = { done: t('channels.signIn.page.done'), failed: t('channels.signIn.page.failed') };
    const { authorizationId, url } = await engine.call('channels.authorizeStart', { accountId, pages });
    // Asked for even when nobody waits any more: a cancelled wait is what ends the sign-in.
    const finished = engine.call('channels.authorizeFinish', { authorizationId }, { signal });
    finished.catch(() => undefined);
    try {
      if (!signal.aborted) {
        const opened = await bridge()
          .openOutside(url)
          .then(
            () => true,
            () => false,
          );
        if (!signal.aborted) setWaiting({ url, opened });
      }
      await finished;
    } finally {
      // A later one may be waiting by now.
      if (stop.current === controller) setWaiting(null);
    }
  };
  return { waiting, run, cancel: () => stop.current?.abort() };
}

/** A sign-in that the person ended themselves is no failure to tell them. */
export function isCancelled(error: unknown): boolean {
  return error instanceof CodedError && error.code === 'CANCELLED';
}
