import type { Settings } from '#shared/contract/bridge.ts';
import { SCREENS, useNavigation } from '../lib/navigation.ts';
import { hasScreen } from './screens.tsx';

/** Where in the settings the last screen is kept. */
export const LAST_SCREEN_KEY = 'shell.screen';

/** Opens the window where it was left, before anything is drawn. */
export function restoreScreen(settings: Settings): void {
  const last = settings.screens[LAST_SCREEN_KEY];
  const screen = SCREENS.find((name) => name === last);
  if (screen && hasScreen(screen)) useNavigation.setState({ screen });
}
