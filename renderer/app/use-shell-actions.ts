import { CodedError, type ErrorCode } from '#shared/errors/coded-error.ts';
import { spotlight } from '@mantine/spotlight';
import { useEffect, useMemo, useRef } from 'react';
import { useOffer, type Action } from '../lib/actions.ts';
import { useEngineCommand, useEngineQuery } from '../lib/engine.tsx';
import { useNavigation } from '../lib/navigation.ts';
import { useSettings } from '../lib/settings.ts';
import { useText, type Text } from '../lib/text.ts';
import { notifyDone, notifyError } from '../ui/notify.tsx';
import { SCREEN_ENTRIES } from './screens.tsx';
import { useUndo } from './use-undo.ts';
import { zoomStep } from './zoom-steps.ts';

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
  const { settings, change } = useSettings();
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
      ...zoomActions(t, settings.zoom, (zoom) => change({ zoom })),
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
  }, [t, go, back, undo, redo, settings.zoom, change, connected, pull]);
  useOffer('shell', actions);
}

/** Zoom is a setting, so that it is there after a restart and the settings show it. */
function zoomActions(t: Text, zoom: number, put: (zoom: number) => void): Action[] {
  const group = t('shell.group.general');
  const larger = (): void => put(zoomStep(zoom, 1));
  return [
    { id: 'zoom.in', label: t('shell.zoom.in'), group, shortcut: 'mod+=', run: larger },
    // Where plus has a key of its own, or needs Shift.
    { id: 'zoom.in.plus', label: '', group, shortcut: 'mod+plus', run: larger },
    { id: 'zoom.in.shift', label: '', group, shortcut: 'mod+shift+plus', run: larger },
    {
      id: 'zoom.out',
      label: t('shell.zoom.out'),
      group,
      shortcut: 'mod+-',
      run: () => put(zoomStep(zoom, -1)),
    },
    { id: 'zoom.reset', label: t('shell.zoom.reset'), group, shortcut: 'mod+0', run: () => put(1) },
  ];
}
