import type { Account } from '#shared/contract/channels.ts';
import { useEngine, useEngineCommand } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import { CodedError, type ErrorCode } from '#shared/errors/coded-error.ts';
import { useState } from 'react';

export interface AccountActions {
  readonly test: { readonly pending: boolean; readonly run: () => void };
  readonly pull: { readonly pending: boolean; readonly run: (full: boolean) => void };
  readonly pause: { readonly pending: boolean; readonly run: (paused: boolean) => void };
}

/** What can be done with an account, each saying what came of it. */
export function useAccountActions({ accountId, name }: Account): AccountActions {
  const t = useText();
  const engine = useEngine();
  const [testing, setTesting] = useState(false);
  const pull = useEngineCommand('sync.pull');
  const update = useEngineCommand('channels.update');
  return {
    test: {
      pending: testing,
      run: () => {
        setTesting(true);
        engine
          .call('channels.test', { accountId })
          .then(
            ({ version }) =>
              notifyDone(
                t('channels.tested', { name, version: version ?? '', known: version ? 'yes' : 'no' }),
              ),
            notifyError,
          )
          .finally(() => setTesting(false));
      },
    },
    pull: {
      pending: pull.isPending,
      run: (full) =>
        pull.mutate(
          { accountId, ...(full ? { full } : {}) },
          {
            onSuccess: ({ listings, orders, quarantined, failed }) => {
              const [failure] = failed;
              if (failure) notifyError(new CodedError(failure.code as ErrorCode, failure.message));
              else
                notifyDone(
                  t('channels.pulled', {
                    name,
                    listings: listings.added + listings.changed + listings.removed,
                    orders: orders.added + orders.changed,
                    quarantined,
                  }),
                );
            },
            onError: notifyError,
          },
        ),
    },
    pause: {
      pending: update.isPending,
      run: (paused) => update.mutate({ accountId, paused }, { onError: notifyError }),
    },
  };
}
