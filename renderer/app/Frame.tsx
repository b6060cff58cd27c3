import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useState } from 'react';
import { useEngineQuery } from '../lib/engine.tsx';
import { useNavigation } from '../lib/navigation.ts';
import { useSettings } from '../lib/settings.ts';
import { useText } from '../lib/text.ts';
import { Loading } from '../ui/Loading.tsx';
import { TopBarContext } from '../ui/top-bar.ts';
import { appState, useConnection } from './connection.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import styles from './Frame.module.css';
import { KeyboardSheet } from './KeyboardSheet.tsx';
import { LAST_SCREEN_KEY } from './last-screen.ts';
import { Palette } from './Palette.tsx';
import { Rail } from './Rail.tsx';
import { Recovery } from './Recovery.tsx';
import { Onboarding, SCREEN_ENTRIES } from './screens.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TopBarEnd } from './TopBarEnd.tsx';
import { useHotkeys } from './use-hotkeys.ts';
import { useShellActions } from './use-shell-actions.ts';

/** The window: rail, screen, status bar; or what is there while no engine answers. */
export function Frame() {
  const connection = useConnection();
  const state = appState(connection);
  const queries = useQueryClient();
  const { generation } = connection;
  useEffect(() => {
    if (generation > 1) void queries.invalidateQueries();
  }, [queries, generation]);
  return (
    <div className={styles['window']} data-app-state={state}>
      {connection.engine.state === 'failed' ? (
        <Recovery code={connection.engine.code} message={connection.engine.message} />
      ) : generation === 0 ? (
        <Opening />
      ) : (
        <Workspace restarting={state === 'restarting'} />
      )}
    </div>
  );
}

function Opening() {
  const t = useText();
  return (
    <main className={styles['opening']} aria-label={t('shell.opening')}>
      <Loading />
    </main>
  );
}

function Workspace({ restarting }: { readonly restarting: boolean }) {
  const t = useText();
  const { info, change } = useSettings();
  const screen = useNavigation((navigation) => navigation.screen);
  const workspace = useEngineQuery('workspace.info', {});
  const [keysShown, setKeysShown] = useState(false);
  const entry = SCREEN_ENTRIES.find(({ name }) => name === screen);
  const fresh = workspace.data?.accounts === 0 && workspace.data.listings === 0;

  useShellActions(() => setKeysShown(true));
  useHotkeys();
  useEffect(() => {
    change({ screens: { [LAST_SCREEN_KEY]: screen } });
  }, [change, screen]);
  useEffect(() => {
    document.title = `${t(`shell.screen.${screen}`)} – ${info.sample ? t('shell.title.sample') : 'Quayside'}`;
  }, [t, screen, info.sample]);

  // Nothing to show yet: the first run has the place of the first screen, and every other screen stays in reach.
  const Screen = fresh && screen === 'today' ? Onboarding : entry?.Component;
  return (
    <>
      <div className={styles['body']}>
        <Rail />
        <main
          className={styles['screen']}
          data-watermark={info.sample ? t('shell.sample.watermark') : undefined}
        >
          <TopBarContext value={<TopBarEnd />}>
            <ErrorBoundary key={screen}>
              <Suspense fallback={<Loading />}>{Screen && !workspace.isPending && <Screen />}</Suspense>
            </ErrorBoundary>
          </TopBarContext>
        </main>
      </div>
      <StatusBar restarting={restarting} />
      <Palette />
      <KeyboardSheet opened={keysShown} onClose={() => setKeysShown(false)} />
    </>
  );
}
