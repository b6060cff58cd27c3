import { CodedError, type ErrorCode } from '#shared/errors/coded-error.ts';
import { spotlight } from '@mantine/spotlight';
import { useEffect, useMemo, useRef } from 'react';
import { useOffer, type Action } from '../lib/actions.ts';
import { useEngineCommand, useEngineQuery } from '../lib/engine.tsx';
import { useNavigation } from '../lib/navigation.ts';
import { useText } from '../lib/text.ts';
import { notifyDone, notifyError } from '../ui/notify.tsx';
import { SCREEN_ENTRIES } from './screens.tsx';
import { useUndo } from './use-undo.ts';

/** What can be done from everywhere. */
export function useShellActions(showKeys: () => void): void {
  const t = useText();
  const go = useNavigation((navigation) => navigation.go);
  const back = useNavigation((navigation) => navigation.back);
  const { undo, redo } = useUndo();
  const status = useEngineQuery('status.get', {}).data;
  const { mutate: pull } = useEngineCommand('sync.pull');
  const show = useRef(showKeys);
  useEffect(() => {
    show.current = showKeys;
  });
  const connected = (status?.accounts.length ?? 0) > 0;
  const actions = useMemo<Action[]>(() => {
    const screens = SCREEN_ENTRIES.map(({ name, shortcut }): Action => ({
      id: `go.${name}`,
      label: t(`shell.screen.${name}`),
      group: t('shell.group.go'),
      shortcut,
      keywords: t(`shell.screen.${name}.keywords`),
      run: () => go(name),
    }));
    const general = t('shell.group.general');
    return [
      ...screens,
      {
        id: 'back',
        label: t('shell.back'),
        group: t('shell.group.go'),
        shortcut: 'alt+ArrowLeft',
        run: back,
      },
      {
        id: 'palette',
        label: t('shell.palette'),
        group: general,
        shortcut: 'mod+K',
        run: () => spotlight.open(),
      },
      { id: 'keys', label: t('shell.keys'), group: general, shortcut: 'F1', run: () => show.current() },
      // The same, for those who look for it where the web has it; shown once.
      { id: 'keys.question', label: '', group: general, shortcut: 'shift+?', run: () => show.current() },
      {
        id: 'undo',
        label: t('shell.undo'),
        group: general,
        shortcut: 'mod+Z',
        run: undo,
      },
      {
        id: 'redo',
        label: t('shell.redo'),
        group: general,
        shortcut: 'mod+Y',
        run: redo,
      },
      {
        id: 'redo.shift',
        label: '',
        group: general,
        shortcut: 'mod+shift+Z',
        run: redo,
      },
      {
        id: 'pull',
        label: t('shell.pull'),
        group: general,
        shortcut: 'F5',
        disabled: !connected,
        keywords: t('shell.pull.keywords'),
        run: () =>
          pull(
            {},
            {
              onSuccess: ({ listings, orders, failed }) => {
                const [failure] = failed;
                if (failure) notifyError(new CodedError(failure.code as ErrorCode, failure.message));
                else
                  notifyDone(
                    t('shell.pulled', {
                      listings: listings.added + listings.changed + listings.removed,
                      orders: orders.added + orders.changed,
                    }),
                  );
              },
              onError: notifyError,
            },
          ),
      },
    ];
  }, [t, go, back, undo, redo, connected, pull]);
  useOffer('shell', actions);
}
