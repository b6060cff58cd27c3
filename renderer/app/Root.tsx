import { MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { IntlProvider } from 'react-intl';
import type { AppInfo, Settings, SettingsPatch } from '#shared/contract/bridge.ts';
import { bridge } from '../lib/bridge.ts';
import type { EngineClient } from '../lib/engine-client.ts';
import { EngineProvider } from '../lib/engine.tsx';
import { mergeSettings } from '../lib/merge-settings.ts';
import { SettingsContext } from '../lib/settings.ts';
import { messages } from '../locales/messages.ts';
import { notifyError } from '../ui/notify.tsx';
import { cssVariables, theme } from '../ui/theme.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Frame } from './Frame.tsx';
import { chooseLanguage, formatLocale } from './language.ts';

export interface RootProps {
  readonly client: EngineClient;
  readonly settings: Settings;
  readonly info: AppInfo;
}

/** Everything that screens find around them: settings, language, theme, engine. */
export function Root({ client, settings: initial, info }: RootProps) {
  const [settings, setSettings] = useState(initial);
  const change = useCallback((patch: SettingsPatch) => {
    // Shown at once; the desktop's answer is what was really stored.
    setSettings((before) => mergeSettings(before, patch));
    bridge().setSettings(patch).then(setSettings, notifyError);
  }, []);
  const access = useMemo(() => ({ settings, info, change }), [settings, info, change]);

  const language = chooseLanguage(settings.locale, info.systemLocale);
  const texts = useMemo(() => messages(language), [language]);
  // The one component of the library that needs a word of its own.
  const worded = useMemo(
    () =>
      mergeThemeOverrides(theme, {
        components: {
          Notification: { defaultProps: { closeButtonProps: { 'aria-label': texts['shell.close'] } } },
        },
      }),
    [texts],
  );
  const systemDark = useMediaQuery('(prefers-color-scheme: dark)', false, {
    getInitialValueInEffect: false,
  });
  const dark = settings.theme === 'dark' || (settings.theme !== 'light' && systemDark);

  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    dataset['density'] = settings.density;
    if (settings.theme === 'contrast') dataset['contrast'] = 'high';
    else delete dataset['contrast'];
  }, [settings.density, settings.theme]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  return (
    <SettingsContext value={access}>
      <IntlProvider locale={formatLocale(language, info.systemLocale)} defaultLocale="en" messages={texts}>
        <MantineProvider
          theme={worded}
          cssVariablesResolver={cssVariables}
          forceColorScheme={dark ? 'dark' : 'light'}
        >
          <EngineProvider client={client}>
            <ModalsProvider>
              <ErrorBoundary>
                <Frame />
              </ErrorBoundary>
            </ModalsProvider>
            {/* In the middle: a side panel has its buttons at the bottom right. */}
            <Notifications position="bottom-center" limit={4} />
          </EngineProvider>
        </MantineProvider>
      </IntlProvider>
    </SettingsContext>
  );
}
